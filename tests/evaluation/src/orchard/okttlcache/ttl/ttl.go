// SPDX-License-Identifier: Apache-2.0

// Package ttl keeps values for a while, and not too many.
package ttl

import (
	"sync"
	"time"
)

type entry[V any] struct {
	val  V
	ends time.Time
}

type Cache[V any] struct {
	mu   sync.Mutex
	life time.Duration
	max  int
	m    map[string]*entry[V]
}

func New[V any](life time.Duration, max int) *Cache[V] {
	c := &Cache[V]{life: life, max: max, m: map[string]*entry[V]{}}
	go c.sweep()
	return c
}

func (c *Cache[V]) Get(key string) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.m[key]; e != nil && time.Now().Before(e.ends) {
		return e.val, true
	}
	var none V
	return none, false
}

func (c *Cache[V]) Put(key string, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.m) >= c.max {
		for k := range c.m { // any of them
			delete(c.m, k)
			break
		}
	}
	c.m[key] = &entry[V]{v, time.Now().Add(c.life)}
}

func (c *Cache[V]) sweep() {
	for now := range time.Tick(15 * time.Second) {
		c.mu.Lock()
		for k, e := range c.m {
			if now.After(e.ends) {
				delete(c.m, k)
			}
		}
		c.mu.Unlock()
	}
}
