// SPDX-License-Identifier: Apache-2.0

// Package registry keeps the newest of what it is given.
package registry

import "sync"

// Registry is bounded.
type Registry[K comparable, V any] struct {
	mu      sync.Mutex
	limit   int
	order   []K
	entries map[K]V
	evicted func(K, V)
}

// New makes a registry of so many.
func New[K comparable, V any](limit int) *Registry[K, V] {
	return &Registry[K, V]{limit: limit, entries: make(map[K]V)}
}

// OnEvict sets who is told.
func (r *Registry[K, V]) OnEvict(f func(K, V)) { r.evicted = f }

// Len counts.
func (r *Registry[K, V]) Len() int {
	r.mu.Lock() // <- here
	defer r.mu.Unlock()
	return len(r.entries)
}

// Put adds one, and evicts the oldest.
func (r *Registry[K, V]) Put(key K, value V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.entries[key] = value
	r.order = append(r.order, key)
	if len(r.order) > r.limit {
		r.shrink()
	}
}

func (r *Registry[K, V]) shrink() {
	oldest := r.order[0]
	r.order = r.order[1:]
	value := r.entries[oldest]
	delete(r.entries, oldest)
	if r.evicted != nil {
		r.evicted(oldest, value)
	}
}
