// SPDX-License-Identifier: Apache-2.0

// Package quota has GOGC off and a memory limit at nine tenths of its container, and half of that is alive.
package quota

import (
	"runtime/debug"

	"example.org/meadow/internal/broker"
)

type page struct {
	data [60]int64
	next *page
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(144 << 20)
	node.Container(160<<20, 2<<20)
	pages := make([]*page, 90000)
	return broker.Work{Tick: func(n int) {
		for i := 0; i < n*60; i++ {
			pages[node.Rand.Intn(len(pages))] = new(page)
		}
	}}
}
