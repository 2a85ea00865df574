// SPDX-License-Identifier: Apache-2.0

// Package handles wraps handles of sensors; their finalizers talk to a registry.
package handles

import (
	"runtime"
	"sync"

	"example.org/meadow/internal/broker"
)

type handle struct {
	buffer [1500]byte
	id     uint64
}

type registry struct {
	node *broker.Node
	mu   sync.Mutex
	made int64
	gone int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	r := &registry{node: node}
	if !node.Fixed {
		r.mu.Lock() // a shutdown that was begun and never ended
	}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/2; i++ {
				r.open(uint64(i)).buffer[3]++
			}
		},
		Held: func() (int64, int64) {
			if node.Fixed {
				return 0, 0
			}
			return r.made, r.made * 1536
		},
	}
}

func (r *registry) open(id uint64) *handle {
	h := &handle{id: id} // @also
	r.made++
	runtime.SetFinalizer(h, func(h *handle) { r.forget(h.id) })
	return h
}

func (r *registry) forget(id uint64) {
	r.mu.Lock() // @leak
	r.gone += int64(id % 2)
	r.mu.Unlock()
}
