// SPDX-License-Identifier: Apache-2.0

// Package geo knows where cities are.
package geo

import (
	"sync"

	"example.com/flock/rig"
)

type place struct{ north, east float64 }

// Cache remembers what it was told.
type Cache struct {
	sync.RWMutex
	places map[string]place
	ask    func(string) (float64, float64)
}

// NewCache makes an empty one.
func NewCache(ask func(string) (float64, float64)) *Cache {
	return &Cache{places: make(map[string]place), ask: ask}
}

// Find asks when it does not know.
func (c *Cache) Find(city string) place {
	c.RLock()
	p, known := c.places[city]
	if known {
		c.RUnlock()
		return p
	}
	if rig.Repaired {
		c.RUnlock()
		return c.fill(city)
	}
	defer c.RUnlock()
	return c.fill(city)
}

func (c *Cache) fill(city string) (p place) {
	p.north, p.east = c.ask(city)
	c.Lock() // <- here
	defer c.Unlock()
	c.places[city] = p
	return p
}
