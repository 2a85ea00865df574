// SPDX-License-Identifier: Apache-2.0

// Package audit writes down every reading, with all that is known of it, as text in a map.
package audit

import (
	"fmt"

	"example.org/meadow/internal/broker"
)

type auditor struct {
	node *broker.Node
	kept []map[string]string
	seen int
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	a := &auditor{node: node, kept: make([]map[string]string, 900)}
	return broker.Work{Tick: func(n int) {
		for i := 0; i < n*12; i++ {
			if node.Fixed {
				a.seen += i
				continue
			}
			a.write(i)
		}
	}}
}

func (a *auditor) write(i int) {
	entry := make(map[string]string, 12) // @also
	for j := 0; j < 12; j++ {
		entry[fmt.Sprintf("field-%d", j)] = fmt.Sprintf("device %d said %d at %d", i, j, a.seen) // @leak
	}
	a.kept[i%len(a.kept)] = entry
	a.seen++
}
