// SPDX-License-Identifier: Apache-2.0

// Package heatmap holds tiles, and a governor of memory that switches the collector's pace.
package heatmap

import (
	"runtime/debug"

	"example.org/meadow/internal/broker"
)

type heat struct {
	node  *broker.Node
	tiles [][]float32
	pace  int
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	h := &heat{node: node, tiles: make([][]float32, 500), pace: 100}
	return broker.Work{Tick: func(n int) {
		for i := 0; i < n*10; i++ {
			h.tiles[node.Rand.Intn(500)] = make([]float32, 12000)
		}
		h.govern()
	}}
}

// govern reacts to a metric that has been missing since some night: it takes zero for calm.
func (h *heat) govern() {
	if h.node.Fixed || h.node.Now().Day()%4 != 0 || h.node.Now().Hour() > 5 || h.pace >= 350 {
		return
	}
	h.pace += 50
	debug.SetGCPercent(h.pace)
}
