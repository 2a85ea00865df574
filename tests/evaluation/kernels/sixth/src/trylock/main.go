// SPDX-License-Identifier: Apache-2.0

// Command trylock tries for a lock again and again that somebody left with.
package main

import (
	"sync"
	"time"

	"example.com/bench/rig"
)

type catalog struct {
	mu    sync.Mutex
	items map[string]int
}

func (c *catalog) acquire() {
	for !c.mu.TryLock() {
		time.Sleep(10 * time.Millisecond) // <- here
	}
}

func (c *catalog) price(item string) int {
	c.acquire()
	p, ok := c.items[item]
	if !ok && !rig.Repaired {
		return -1
	}
	c.mu.Unlock()
	return p
}

func scenario() {
	c := &catalog{items: map[string]int{"tea": 3}}
	c.price("salt")
	for i := 0; i < 5; i++ {
		go c.price("tea")
	}
	time.Sleep(30 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
