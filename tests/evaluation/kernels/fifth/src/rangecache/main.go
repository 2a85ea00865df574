// SPDX-License-Identifier: Apache-2.0

// Command rangecache looks a range up while it reads another one, and a writer comes between.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

type cache struct {
	mu     sync.RWMutex
	ranges map[int]string
}

func (c *cache) lookup(key int) string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	time.Sleep(30 * time.Millisecond)
	if rig.Repaired {
		return c.ranges[key] + c.ranges[key+1]
	}
	return c.ranges[key] + c.neighbour(key)
}

func (c *cache) neighbour(key int) string {
	c.mu.RLock() // <- here
	defer c.mu.RUnlock()
	return c.ranges[key+1]
}

func (c *cache) evict(key int) {
	c.mu.Lock() // <- also
	defer c.mu.Unlock()
	delete(c.ranges, key)
}

func scenario() {
	c := &cache{ranges: map[int]string{1: "a", 2: "b"}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		time.Sleep(10 * time.Millisecond)
		c.evict(1)
	}()
	c.lookup(1)
	<-done
}

func main() {
	rig.Run(scenario)
}
