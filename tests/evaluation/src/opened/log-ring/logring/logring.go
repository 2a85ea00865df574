// SPDX-License-Identifier: Apache-2.0

// Package logring keeps the newest lines of each device in a ring that starts empty.
package logring

import (
	"strconv"

	"example.org/meadow/internal/broker"
)

type ring struct {
	lines []string
	next  int
}

type rings struct {
	node *broker.Node
	all  [300]*ring
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	r := &rings{node: node}
	for i := range r.all {
		r.all[i] = new(ring)
	}
	return broker.Work{Tick: func(n int) {
		for i := 0; i < n*10; i++ {
			r.all[node.Rand.Intn(300)].add("line " + strconv.FormatInt(node.Rand.Int63(), 10) + " of a log that is kept")
		}
	}}
}

func (r *ring) add(line string) {
	if len(r.lines) < 220 {
		r.lines = append(r.lines, line)
		return
	}
	r.lines[r.next] = line
	r.next = (r.next + 1) % len(r.lines)
}
