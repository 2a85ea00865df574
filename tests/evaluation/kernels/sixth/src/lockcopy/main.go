// SPDX-License-Identifier: Apache-2.0

// Command lockcopy copies its gauges together with the lock that it just took.
package main

import (
	"sync"

	"example.com/bench/rig"
)

type gauges struct {
	mu     sync.Mutex
	values []int
}

func (g *gauges) total() (sum int) {
	g.mu.Lock() // <- here
	defer g.mu.Unlock()
	for _, v := range g.values {
		sum += v
	}
	return sum
}

func (g *gauges) add(v int) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.values = append(g.values, v)
	if rig.Repaired {
		return (&gauges{values: g.values}).total()
	}
	now := *g
	return now.total()
}

func scenario() {
	new(gauges).add(4)
}

func main() {
	rig.Run(scenario)
}
