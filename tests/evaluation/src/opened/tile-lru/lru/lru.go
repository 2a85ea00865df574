// SPDX-License-Identifier: Apache-2.0

// Package lru serves map tiles from a cache under constant churn.
package lru

import (
	"example.org/meadow/internal/broker"
)

type tile struct {
	key  int
	png  []byte
	next *tile
}

type cache struct {
	node  *broker.Node
	tiles map[int]*tile
	head  *tile
	tail  *tile
	bytes int
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	c := &cache{node: node, tiles: make(map[int]*tile)}
	return broker.Work{Tick: func(n int) {
		for i := 0; i < n*2; i++ {
			c.get(node.Rand.Intn(90000))
		}
	}}
}

func (c *cache) get(key int) *tile {
	if t := c.tiles[key]; t != nil {
		return t
	}
	t := &tile{key: key, png: make([]byte, 2000+c.node.Rand.Intn(6000))}
	c.tiles[key] = t
	c.bytes += len(t.png)
	if c.tail == nil {
		c.head = t
	} else {
		c.tail.next = t
	}
	c.tail = t
	for c.bytes > 20<<20 {
		delete(c.tiles, c.head.key)
		c.bytes -= len(c.head.png)
		c.head = c.head.next
	}
	return t
}
