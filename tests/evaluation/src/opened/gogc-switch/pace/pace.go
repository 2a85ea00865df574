// SPDX-License-Identifier: Apache-2.0

// Package pace chooses another pace of the collector once, after its warm-up, on purpose.
package pace

import (
	"runtime/debug"

	"example.org/meadow/internal/broker"
)

type pace struct {
	node   *broker.Node
	blocks [300][]uint64
	ticks  int
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	p := &pace{node: node}
	return broker.Work{Tick: func(n int) {
		if p.ticks++; p.ticks == 40 {
			debug.SetGCPercent(200)
		}
		for i := 0; i < n*4; i++ {
			p.blocks[node.Rand.Intn(300)] = make([]uint64, 5000)
		}
	}}
}
