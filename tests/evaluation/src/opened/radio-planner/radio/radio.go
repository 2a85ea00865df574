// SPDX-License-Identifier: Apache-2.0

// Package radio plans frequencies; since its new chart it has another GOGC.
package radio

import (
	"runtime/debug"

	"example.org/meadow/internal/broker"
)

type plan struct {
	cells [48]float64
	near  *plan
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	if !node.Fixed {
		debug.SetGCPercent(300)
	}
	plans := make([]*plan, 40000)
	return broker.Work{Tick: func(n int) {
		for i := 0; i < n*600; i++ {
			plans[node.Rand.Intn(len(plans))] = new(plan)
		}
	}}
}
