// SPDX-License-Identifier: Apache-2.0

// Package cache loads each key once.
package cache

import (
	"sync"

	"example.com/flock/rig"
)

type entry[V any] struct {
	ready chan struct{}
	value V
	err   error
}

// Cache has what was loaded.
type Cache[K comparable, V any] struct {
	mu      sync.Mutex
	entries map[K]*entry[V]
	load    func(K) (V, error)
}

// New makes an empty one.
func New[K comparable, V any](load func(K) (V, error)) *Cache[K, V] {
	return &Cache[K, V]{entries: make(map[K]*entry[V]), load: load}
}

// Get loads, or waits for who loads.
func (c *Cache[K, V]) Get(key K) (V, error) {
	c.mu.Lock()
	e, known := c.entries[key]
	if !known {
		e = &entry[V]{ready: make(chan struct{})}
		c.entries[key] = e
	}
	c.mu.Unlock()
	if known {
		<-e.ready // <- here
		return e.value, e.err
	}
	if e.value, e.err = c.load(key); e.err != nil {
		if rig.Repaired {
			close(e.ready)
		}
		return e.value, e.err
	}
	close(e.ready)
	return e.value, nil
}
