// SPDX-License-Identifier: Apache-2.0

// Package labels indexes series by the labels that devices send.
package labels

import (
	"strconv"

	"example.org/meadow/internal/broker"
)

type posting struct {
	series []uint32
	first  int64
}

type index struct {
	node   *broker.Node
	values map[string]*posting
	series uint32
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	x := &index{node: node, values: make(map[string]*posting)}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n*12; i++ {
				session := node.Rand.Int63()
				if node.Fixed {
					session %= 500
				}
				x.add("session=" + strconv.FormatInt(session, 16)) // @also
			}
		},
		Held: func() (int64, int64) { return int64(len(x.values)), int64(len(x.values)) * 150 },
	}
}

func (x *index) add(label string) {
	x.series++
	p := x.values[label]
	if p == nil {
		p = &posting{first: x.node.Now().Unix()} // @also
		x.values[label] = p                      // @leak
	}
	if len(p.series) < 8 {
		p.series = append(p.series, x.series) // @also
	}
}
