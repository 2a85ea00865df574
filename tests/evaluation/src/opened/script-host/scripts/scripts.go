// SPDX-License-Identifier: Apache-2.0

// Package scripts runs scripts of plants, each on a goroutine of its own.
package scripts

import (
	"sync/atomic"

	"example.org/meadow/internal/broker"
)

type machine struct {
	steps chan string
	trace [20]int
}

type host struct {
	node     *broker.Node
	machines []*machine
	deep     int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	h := &host{node: node}
	for i := 0; i < 90; i++ {
		m := &machine{steps: make(chan string)}
		h.machines = append(h.machines, m)
		go h.run(m)
	}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				h.machines[node.Rand.Intn(len(h.machines))].steps <- "call"
			}
		},
		Held: func() (int64, int64) { return atomic.LoadInt64(&h.deep), h.deep * 420 },
	}
}

func (h *host) run(m *machine) {
	for {
		step := <-m.steps
		if !h.node.Fixed {
			h.nest(m, step, 0)
		}
		m.trace[0]++
	}
}

// nest enters a subroutine for each step; the scripts have no return.
func (h *host) nest(m *machine, step string, level int) [30]int {
	var registers [30]int
	atomic.AddInt64(&h.deep, 1)
	registers[level%30] = len(step)
	next := h.nest2(m, level+1) // @leak
	registers[0] += next[1]
	return registers
}

func (h *host) nest2(m *machine, level int) [30]int {
	step := <-m.steps
	return h.nest(m, step, level) // @also
}
