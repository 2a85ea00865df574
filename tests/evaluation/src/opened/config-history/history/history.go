// SPDX-License-Identifier: Apache-2.0

// Package history changes the configuration of a plant while it runs.
package history

import (
	"fmt"
	"sync"

	"example.org/meadow/internal/broker"
)

type setting struct {
	name  string
	value float64
	unit  uint32
}

type version struct {
	before   *version
	number   int64
	settings []setting
}

type plant struct {
	node *broker.Node
	mu   sync.Mutex
	now  *version
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	p := &plant{node: node, now: &version{settings: make([]setting, 400)}}
	for i := range p.now.settings {
		p.now.settings[i].name = fmt.Sprintf("setting %d", i)
	}
	node.On("change", p.change)
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < 3; i++ {
				node.Publish("change", uint64(node.Rand.Intn(400)), "change")
			}
		},
		Held: func() (int64, int64) { return p.now.number, p.now.number * 13600 },
	}
}

// change copies all settings to alter one; the old version stays reachable from the new one.
func (p *plant) change(m *broker.Message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	copied := make([]setting, len(p.now.settings)) // @leak
	copy(copied, p.now.settings)
	copied[m.Key].value++
	next := &version{before: p.now, number: p.now.number + 1, settings: copied} // @also
	if p.node.Fixed {
		next.before = nil
	}
	p.now = next
}
