// SPDX-License-Identifier: Apache-2.0

// Package commands gives each command until the end of the month, and does not say when it was done.
package commands

import (
	"context"
	"time"

	"example.org/meadow/internal/broker"
)

type desk struct {
	node *broker.Node
	root context.Context
	sent int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	root, stop := context.WithCancel(context.Background())
	_ = stop
	d := &desk{node: node, root: root}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n*2; i++ {
				d.send()
			}
		},
		Held: func() (int64, int64) {
			if node.Fixed {
				return 0, 0
			}
			return d.sent, d.sent * 420
		},
	}
}

func (d *desk) send() {
	ctx, cancel := context.WithTimeout(d.root, 30*24*time.Hour) // @leak
	if d.node.Fixed {
		defer cancel()
	}
	if ctx.Err() == nil {
		d.sent++
	}
}
