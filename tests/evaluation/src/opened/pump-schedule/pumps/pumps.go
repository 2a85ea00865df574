// SPDX-License-Identifier: Apache-2.0

// Package pumps has a tuner that believes the machine's memory to be its own, and never goes back.
package pumps

import (
	"runtime/debug"

	"example.org/meadow/internal/broker"
)

type slot struct {
	values [44]float64
	pump   *slot
}

var steps = []int{100, 150, 250, 450}

// New returns the service.
func New(node *broker.Node) broker.Work {
	slots := make([]*slot, 45000)
	ticks := 0
	return broker.Work{Tick: func(n int) {
		if ticks++; ticks%15 == 0 && ticks/15 < len(steps) && !node.Fixed {
			debug.SetGCPercent(steps[ticks/15])
		}
		for i := 0; i < n*600; i++ {
			slots[node.Rand.Intn(len(slots))] = new(slot)
		}
	}}
}
