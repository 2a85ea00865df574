// SPDX-License-Identifier: Apache-2.0

// Package storm is a node that is restarted every few hours and fills its cache each time.
package storm

import (
	"example.org/meadow/internal/broker"
)

type record struct {
	text []byte
}

type storm struct {
	node  *broker.Node
	cache map[int]*record
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	s := &storm{node: node, cache: make(map[int]*record)}
	return broker.Work{Tick: func(n int) {
		for i := 0; i < n*2; i++ {
			key := node.Rand.Intn(15000)
			if s.cache[key] == nil {
				s.cache[key] = &record{text: make([]byte, 1100)}
			}
		}
	}}
}
