// SPDX-License-Identifier: Apache-2.0

// Package guard looks after the size of the heap.
package guard

import (
	"runtime"
	"time"
)

type Guard struct {
	limit uint64
	Calls int
}

func New(limit uint64) *Guard { return &Guard{limit: limit} }

// Run collects when the heap is larger than it should be.
func (g *Guard) Run(every time.Duration) {
	var m runtime.MemStats
	for range time.Tick(every) {
		runtime.ReadMemStats(&m)
		if m.HeapAlloc > g.limit {
			runtime.GC() // @leak
			g.Calls++
		}
	}
}
