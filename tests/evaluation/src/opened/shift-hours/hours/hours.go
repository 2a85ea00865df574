// SPDX-License-Identifier: Apache-2.0

// Package hours has an open form for each technician at work.
package hours

import (
	"fmt"
	"math"
	"sync"
	"time"

	"example.org/meadow/internal/broker"
)

type form struct {
	until time.Time
	text  [700]byte
}

type desk struct {
	node *broker.Node
	mu   sync.Mutex
	open map[string]*form
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	d := &desk{node: node, open: make(map[string]*form)}
	node.On("form", d.form)
	return broker.Work{
		Tick: func(n int) {
			d.sweep()
			at := float64(node.Now().Unix()%86400) / 86400
			work := math.Max(0, math.Sin(2*math.Pi*(at-0.2)))
			for i := 0; i < int(float64(n)*10*work); i++ {
				node.Publish("form", uint64(node.Rand.Int63n(1<<40)), "form")
			}
		},
	}
}

func (d *desk) form(m *broker.Message) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open[fmt.Sprintf("%x", m.Key)] = &form{until: d.node.Now().Add(100 * time.Minute)}
}

func (d *desk) sweep() {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.node.Now()
	for key, f := range d.open {
		if now.After(f.until) {
			delete(d.open, key)
		}
	}
}
