// SPDX-License-Identifier: Apache-2.0

// Package archive packs the rain of past days: memory climbs for a while and is then rebuilt smaller.
package archive

import (
	"example.org/meadow/internal/broker"
)

type cell struct {
	at    int64
	drops [20]uint16
}

type archive struct {
	node  *broker.Node
	cells map[int64]*cell
	next  int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	a := &archive{node: node, cells: make(map[int64]*cell)}
	return broker.Work{Tick: func(n int) {
		for i := 0; i < n*10; i++ {
			a.next++
			a.cells[a.next] = &cell{at: a.next}
		}
		if len(a.cells) > 70000 {
			a.rebuild()
		}
	}}
}

// rebuild copies what is still wanted into a new map, since a map never shrinks.
func (a *archive) rebuild() {
	fresh := make(map[int64]*cell)
	for at, c := range a.cells {
		if at > a.next-25000 {
			fresh[at] = c
		}
	}
	a.cells = fresh
}
