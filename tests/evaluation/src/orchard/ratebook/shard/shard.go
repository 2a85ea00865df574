// SPDX-License-Identifier: Apache-2.0

// Package shard has a map with sixteen locks.
package shard

import (
	"fmt"
	"hash/maphash"
	"sync"
)

type Map[K comparable, V any] struct {
	seed  maphash.Seed
	parts [16]part[K, V]
}

type part[K comparable, V any] struct {
	mu sync.Mutex
	m  map[K]V
}

func New[K comparable, V any]() *Map[K, V] {
	m := &Map[K, V]{seed: maphash.MakeSeed()}
	for i := range m.parts {
		m.parts[i].m = make(map[K]V)
	}
	return m
}

// Update puts what f makes of the value there is.
func (m *Map[K, V]) Update(key K, f func(V, bool) V) {
	p := &m.parts[maphash.String(m.seed, fmt.Sprint(key))%16]
	p.mu.Lock()
	defer p.mu.Unlock()
	old, there := p.m[key]
	p.m[key] = f(old, there) // @leak
}

// Drop deletes what old says is old; the maps are made anew, so that they become smaller, too.
func (m *Map[K, V]) Drop(old func(V) bool) {
	for i := range m.parts {
		p := &m.parts[i]
		p.mu.Lock()
		fresh := make(map[K]V)
		for k, v := range p.m {
			if !old(v) {
				fresh[k] = v
			}
		}
		p.m = fresh
		p.mu.Unlock()
	}
}
