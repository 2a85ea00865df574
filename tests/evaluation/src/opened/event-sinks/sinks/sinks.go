// SPDX-License-Identifier: Apache-2.0

// Package sinks writes events of each customer to a sink, with a library of somebody else.
package sinks

import (
	"sync/atomic"
	"time"

	"example.org/meadow/internal/broker"
	"github.com/fernhill/sinkgroup"
)

type writer struct {
	node *broker.Node
	open int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	w := &writer{node: node}
	node.On("audit", w.audit)
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/20; i++ {
				node.Publish("audit", uint64(node.Rand.Int31()), "audit")
			}
		},
		Held: func() (int64, int64) { return atomic.LoadInt64(&w.open), w.open * 6800 },
	}
}

func (w *writer) audit(m *broker.Message) {
	s := sinkgroup.Open(6 * time.Hour) // @leak
	s.Write(m.Body)
	if w.node.Fixed {
		s.Close()
		return
	}
	atomic.AddInt64(&w.open, 1)
}
