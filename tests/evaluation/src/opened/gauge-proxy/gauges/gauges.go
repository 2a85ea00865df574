// SPDX-License-Identifier: Apache-2.0

// Package gauges ran in a container of twice the size until somebody made it smaller while it ran.
package gauges

import "example.org/meadow/internal/broker"

type gauge struct {
	recent [100]float64
	next   *gauge
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	node.Container(220<<20, 2<<20)
	gauges := make([]*gauge, 36000)
	ticks := 0
	return broker.Work{Tick: func(n int) {
		if ticks++; ticks == 50 && !node.Fixed {
			node.Container(86<<20, 2<<20)
		}
		for i := 0; i < n*20; i++ {
			gauges[node.Rand.Intn(len(gauges))] = new(gauge)
		}
	}}
}
