// SPDX-License-Identifier: Apache-2.0

// Package meters keeps a state for each meter, behind read-write locks.
package meters

import (
	"sync"
	"sync/atomic"
	"time"

	"example.org/meadow/internal/broker"
)

type meter struct {
	mu    sync.RWMutex
	value float64
	epoch int
}

type registry struct {
	node    *broker.Node
	meters  []*meter
	waiting int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	r := &registry{node: node}
	for i := 0; i < 500; i++ {
		r.meters = append(r.meters, &meter{epoch: -i / 12})
	}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/4; i++ {
				go r.read(r.meters[node.Rand.Intn(len(r.meters))])
			}
			time.Sleep(time.Second)
		},
		Held: func() (int64, int64) {
			n := atomic.LoadInt64(&r.waiting)
			return n, n * 2500
		},
	}
}

func (r *registry) read(m *meter) float64 {
	atomic.AddInt64(&r.waiting, 1)
	defer atomic.AddInt64(&r.waiting, -1)
	m.mu.Lock() // @leak
	defer m.mu.Unlock()
	if m.epoch++; m.epoch > 0 {
		if !r.node.Fixed {
			return r.refresh(m)
		}
		m.epoch = -40
	}
	return m.value
}

// refresh is called with the lock held, and wants it too.
func (r *registry) refresh(m *meter) float64 {
	m.mu.RLock() // @also
	defer m.mu.RUnlock()
	return m.value * 1.01
}
