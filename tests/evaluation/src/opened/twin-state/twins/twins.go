// SPDX-License-Identifier: Apache-2.0

// Package twins keeps a digital twin of each device with its undo list.
package twins

import (
	"example.org/meadow/internal/broker"
)

type state struct {
	previous  *state
	registers [16]uint16
	by        string
}

type twins struct {
	node   *broker.Node
	latest [2000]*state
	undo   int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	t := &twins{node: node}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n*5; i++ {
				t.set(node.Rand.Intn(2000), i)
			}
		},
		Held: func() (int64, int64) { return t.undo, t.undo * 64 },
	}
}

func (t *twins) set(device, register int) {
	next := new(state) // @leak
	next.by = "operator"
	next.registers[register%16]++
	if !t.node.Fixed {
		next.previous = t.latest[device]
		t.undo++
	}
	t.latest[device] = next
}
