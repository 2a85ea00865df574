// SPDX-License-Identifier: Apache-2.0

// Package leases keeps leases of field devices alive until their context ends.
package leases

import (
	"context"
	"sync/atomic"

	"example.org/meadow/internal/broker"
)

type lease struct {
	device uint64
	ctx    context.Context
	end    context.CancelFunc
	beats  chan int
}

type keeper struct {
	node *broker.Node
	root context.Context
	lost int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	root, stop := context.WithCancel(context.Background())
	_ = stop
	k := &keeper{node: node, root: root}
	node.On("lease", k.grant)
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/15; i++ {
				node.Publish("lease", uint64(node.Rand.Int31()), "grant")
			}
		},
		Held: func() (int64, int64) { return atomic.LoadInt64(&k.lost), k.lost * 3600 },
	}
}

func (k *keeper) grant(m *broker.Message) {
	ctx, end := context.WithCancel(k.root)
	l := &lease{device: m.Key, ctx: ctx, end: end, beats: make(chan int, 1)}
	go l.keep()
	l.beats <- 1
	if k.node.Fixed || m.Key%3 == 0 {
		l.end()
		return
	}
	atomic.AddInt64(&k.lost, 1) // superseded leases are forgotten, not ended
}

func (l *lease) keep() {
	for {
		select { // @leak
		case <-l.beats:
			l.device++
		case <-l.ctx.Done():
			return
		}
	}
}
