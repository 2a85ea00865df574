// SPDX-License-Identifier: Apache-2.0

// Package tracectx carries notes of a long conversation in its context.
package tracectx

import (
	"context"

	"example.org/meadow/internal/broker"
)

type key int

type conversation struct {
	ctx   context.Context
	notes int
}

type talk struct {
	node  *broker.Node
	all   []*conversation
	notes int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	t := &talk{node: node}
	for i := 0; i < 30; i++ {
		t.all = append(t.all, &conversation{ctx: context.Background()})
	}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n*6; i++ {
				t.note(t.all[node.Rand.Intn(len(t.all))], node.Rand.Int63())
			}
		},
		Held: func() (int64, int64) { return t.notes, t.notes * 56 },
	}
}

// note wraps the context once more, each time.
func (t *talk) note(c *conversation, hop int64) {
	base := c.ctx
	if t.node.Fixed {
		base = context.Background()
	} else {
		t.notes++
	}
	c.ctx = context.WithValue(base, key(1), hop) // @leak
	c.notes++
}
