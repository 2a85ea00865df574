// SPDX-License-Identifier: Apache-2.0

// Package points computes what a station needs to know and remembers it.
package points

import (
	"sync"

	"example.org/meadow/internal/broker"
)

type memo[K comparable, V any] struct {
	mu     sync.RWMutex
	values map[K]V
	most   int
}

func newMemo[K comparable, V any](most int) *memo[K, V] {
	return &memo[K, V]{values: make(map[K]V), most: most}
}

func (m *memo[K, V]) get(key K, compute func(K) V) V {
	m.mu.RLock()
	v, known := m.values[key]
	m.mu.RUnlock()
	if known {
		return v
	}
	v = compute(key)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.most > 0 && len(m.values) >= m.most {
		m.values = make(map[K]V)
	}
	m.values[key] = v // @leak
	return v
}

type place struct {
	station uint64
	minute  int64
}

type forecast struct {
	wind, sun, rain float64
	gusts           [4]float32
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	most := 0
	if node.Fixed {
		most = 3000
	}
	memory := newMemo[place, forecast](most)
	node.On("ask", func(m *broker.Message) {
		memory.get(place{m.Key % 500, node.Now().Unix() / 60}, estimate)
	})
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n*4; i++ {
				node.Publish("ask", uint64(node.Rand.Int63()), "ask")
			}
		},
		Held: func() (int64, int64) { return int64(len(memory.values)), int64(len(memory.values)) * 90 },
	}
}

func estimate(p place) forecast {
	return forecast{wind: float64(p.station), sun: float64(p.minute % 600), rain: 1}
}
