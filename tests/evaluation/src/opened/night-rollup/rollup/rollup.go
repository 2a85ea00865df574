// SPDX-License-Identifier: Apache-2.0

// Package rollup sums up the day each night, for an hour and with much garbage.
package rollup

import "example.org/meadow/internal/broker"

type sum struct {
	of   [30]float64
	next *sum
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	kept := make([]*sum, 30000)
	return broker.Work{Tick: func(n int) {
		if node.Now().Hour() == 3 {
			n *= 25
		}
		for i := 0; i < n*10; i++ {
			kept[node.Rand.Intn(len(kept))] = new(sum)
		}
	}}
}
