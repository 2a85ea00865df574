// SPDX-License-Identifier: Apache-2.0

// Package shelf keeps the frames that were asked for last, and no more than it has room for.
package shelf

import (
	"container/list"
	"sync"

	"example.org/meadow/internal/broker"
)

type cache[K comparable] struct {
	mu    sync.Mutex
	room  int
	byKey map[K]*list.Element
	order *list.List
}

type entry[K comparable] struct {
	key   K
	frame []byte
}

func (c *cache[K]) get(key K, load func(K) []byte) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[key]; e != nil {
		c.order.MoveToFront(e)
		return e.Value.(*entry[K]).frame
	}
	one := &entry[K]{key: key, frame: load(key)}
	c.byKey[key] = c.order.PushFront(one)
	if c.order.Len() > c.room {
		last := c.order.Remove(c.order.Back()).(*entry[K])
		delete(c.byKey, last.key)
	}
	return one.frame
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	c := &cache[uint64]{room: 9000, byKey: make(map[uint64]*list.Element), order: list.New()}
	node.On("frame", func(m *broker.Message) {
		c.get(m.Key%200000, func(uint64) []byte { return make([]byte, 2048) })
	})
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				node.Publish("frame", uint64(node.Rand.Int63()), "frame")
			}
		},
	}
}
