// SPDX-License-Identifier: Apache-2.0

// Package lru is the fleet's in-process cache: least recently used entries go
// first when the cost bound is reached, and entries expire after a fixed age.
package lru

import (
	"sync"
	"time"
)

type node[K comparable, V any] struct {
	key        K
	value      V
	cost       int64
	expires    time.Time
	prev, next *node[K, V]
}

// Cache is safe for concurrent use.
type Cache[K comparable, V any] struct {
	maxCost int64
	ttl     time.Duration

	mu    sync.Mutex
	items map[K]*node[K, V]
	root  node[K, V] // sentinel: root.next is the most recent entry
	cost  int64

	hits, misses, evicted uint64
}

// New returns a cache that holds entries of at most maxCost in sum. A ttl of
// zero keeps entries until they are evicted.
func New[K comparable, V any](maxCost int64, ttl time.Duration) *Cache[K, V] {
	c := &Cache[K, V]{maxCost: maxCost, ttl: ttl, items: make(map[K]*node[K, V])}
	c.root.prev, c.root.next = &c.root, &c.root
	return c
}

// Get returns the live value under key and makes it the most recent one.
func (c *Cache[K, V]) Get(key K) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, ok := c.items[key]
	if ok && c.ttl > 0 && time.Now().After(n.expires) {
		c.remove(n)
		ok = false
	}
	if !ok {
		c.misses++
		var zero V
		return zero, false
	}
	c.hits++
	c.unlink(n)
	c.pushFront(n)
	return n.value, true
}

// Put stores value under key and evicts what no longer fits.
func (c *Cache[K, V]) Put(key K, value V, cost int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, ok := c.items[key]; ok {
		c.remove(old)
	}
	n := &node[K, V]{key: key, value: value, cost: cost}
	if c.ttl > 0 {
		n.expires = time.Now().Add(c.ttl)
	}
	c.items[key] = n
	c.pushFront(n)
	c.cost += cost
	for c.cost > c.maxCost && c.root.prev != n {
		c.remove(c.root.prev)
		c.evicted++
	}
}

// Delete forgets key.
func (c *Cache[K, V]) Delete(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n, ok := c.items[key]; ok {
		c.remove(n)
	}
}

// Sweep drops every entry that has expired by now.
func (c *Cache[K, V]) Sweep(now time.Time) {
	if c.ttl == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for n := c.root.prev; n != &c.root; {
		prev := n.prev
		if now.After(n.expires) {
			c.remove(n)
		}
		n = prev
	}
}

// Stats describes a cache for the metrics page.
type Stats struct {
	Len     int    `json:"len"`
	Cost    int64  `json:"cost"`
	MaxCost int64  `json:"max_cost"`
	Hits    uint64 `json:"hits"`
	Misses  uint64 `json:"misses"`
	Evicted uint64 `json:"evicted"`
}

// Stats returns the current counters.
func (c *Cache[K, V]) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	return Stats{
		Len: len(c.items), Cost: c.cost, MaxCost: c.maxCost,
		Hits: c.hits, Misses: c.misses, Evicted: c.evicted,
	}
}

func (c *Cache[K, V]) pushFront(n *node[K, V]) {
	n.prev, n.next = &c.root, c.root.next
	n.prev.next, n.next.prev = n, n
}

func (c *Cache[K, V]) unlink(n *node[K, V]) {
	n.prev.next, n.next.prev = n.next, n.prev
}

func (c *Cache[K, V]) remove(n *node[K, V]) {
	c.unlink(n)
	delete(c.items, n.key)
	c.cost -= n.cost
}
