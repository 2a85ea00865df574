// SPDX-License-Identifier: Apache-2.0

// Package shelf has a least recently used cache for each tenant.
package shelf

import (
	"container/list"
	"sync"
)

type item[K comparable, V any] struct {
	key K
	val V
}

type lru[K comparable, V any] struct {
	find  map[K]*list.Element
	order *list.List
}

type Shelf[K comparable, V any] struct {
	mu      sync.Mutex
	tenants map[string]*lru[K, V]
	each    int
}

func New[K comparable, V any](tenants, each int) *Shelf[K, V] {
	return &Shelf[K, V]{tenants: make(map[string]*lru[K, V], tenants), each: each}
}

func (s *Shelf[K, V]) Get(tenant string, key K) (V, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.tenants[tenant]; l != nil {
		if e := l.find[key]; e != nil {
			l.order.MoveToFront(e)
			return e.Value.(*item[K, V]).val, true
		}
	}
	var none V
	return none, false
}

func (s *Shelf[K, V]) Put(tenant string, key K, val V) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.tenants[tenant]
	if l == nil {
		l = &lru[K, V]{find: make(map[K]*list.Element), order: list.New()}
		s.tenants[tenant] = l
	}
	l.find[key] = l.order.PushFront(&item[K, V]{key, val})
	for l.order.Len() > s.each {
		old := l.order.Remove(l.order.Back()).(*item[K, V])
		delete(l.find, old.key)
	}
}
