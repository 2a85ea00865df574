// SPDX-License-Identifier: Apache-2.0

// Package trends buffers values for trend lines.
package trends

import (
	"strconv"

	"example.org/meadow/internal/broker"
)

type sample struct {
	at, value float64
}

type trends struct {
	node   *broker.Node
	lines  map[string][]sample
	stored int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	t := &trends{node: node, lines: make(map[string][]sample)}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n*20; i++ {
				t.record("line "+strconv.Itoa(node.Rand.Intn(24)), float64(i))
			}
		},
		Held: func() (int64, int64) { return t.stored, t.stored * 20 },
	}
}

func (t *trends) record(name string, v float64) {
	line := t.lines[name]
	if t.node.Fixed && len(line) > 3000 {
		line = append([]sample(nil), line[2000:]...)
	}
	line = append(line, sample{at: v, value: v}) // @leak
	t.lines[name] = line
	if !t.node.Fixed {
		t.stored++
	}
}
