// SPDX-License-Identifier: Apache-2.0

// Package echo turns readings into JSON and back, more often than needed.
package echo

import (
	"encoding/json"
	"strconv"

	"example.org/meadow/internal/broker"
)

type reading struct {
	Device string             `json:"device"`
	Values map[string]float64 `json:"values"`
	Notes  []string           `json:"notes"`
}

type echo struct {
	node *broker.Node
	base reading
	sink int
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	e := &echo{node: node, base: reading{Device: "d", Values: make(map[string]float64)}}
	for i := 0; i < 300; i++ {
		e.base.Values["value "+strconv.Itoa(i)] = float64(i)
		e.base.Notes = append(e.base.Notes, "a note on the value")
	}
	return broker.Work{Tick: func(n int) {
		rounds := n
		if node.Fixed {
			rounds = 1
		}
		for i := 0; i < rounds; i++ {
			e.sink += e.copy()
		}
	}}
}

// copy clones a reading by way of text.
func (e *echo) copy() int {
	text, err := json.Marshal(e.base) // @leak
	if err != nil {
		return 0
	}
	var r reading
	if err := json.Unmarshal(text, &r); err != nil { // @also
		return 0
	}
	return len(r.Notes)
}
