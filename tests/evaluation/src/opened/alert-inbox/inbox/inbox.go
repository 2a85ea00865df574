// SPDX-License-Identifier: Apache-2.0

// Package inbox queues alerts for engineers on duty.
package inbox

import (
	"strconv"

	"example.org/meadow/internal/broker"
)

type alert struct {
	level  int
	reason [120]byte
}

type duty struct {
	inbox chan *alert
	name  string
}

type roster struct {
	node   *broker.Node
	duties []*duty
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	r := &roster{node: node}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/6; i++ {
				r.shift(strconv.Itoa(i))
			}
			if node.Fixed {
				r.duties = nil
			}
		},
		Held: func() (int64, int64) { return int64(len(r.duties)), int64(len(r.duties)) * 1700 },
	}
}

// shift makes an inbox for whoever comes on duty; those of past shifts are full and stay.
func (r *roster) shift(name string) {
	d := &duty{inbox: make(chan *alert, 24), name: name} // @leak
	for i := 0; i < 10; i++ {
		d.inbox <- &alert{level: i} // @also
	}
	r.duties = append(r.duties, d)
}
