// SPDX-License-Identifier: Apache-2.0

// Package swap has a large table that is read anew while the old one still serves.
package swap

import (
	"fmt"
	"sync/atomic"

	"example.org/meadow/internal/broker"
)

type table struct {
	names map[int]string
	rows  [][]float64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	var current atomic.Value
	current.Store(read(0, 4000))
	var next *table
	tick, found := 0, 0
	return broker.Work{
		Tick: func(n int) {
			tick++
			switch phase := tick % 40; {
			case phase == 30:
				next = read(tick, 4000+node.Rand.Intn(600))
			case phase == 38 && next != nil:
				current.Store(next)
				next = nil
			}
			for i := 0; i < n; i++ {
				found += len(current.Load().(*table).names[node.Rand.Intn(4000)])
			}
		},
	}
}

func read(edition, n int) *table {
	t := &table{names: make(map[int]string)}
	for i := 0; i < n; i++ {
		t.names[i] = fmt.Sprintf("row %d of edition %d", i, edition)
		t.rows = append(t.rows, make([]float64, 120))
	}
	return t
}
