// SPDX-License-Identifier: Apache-2.0

// Package growth has more customers each day; what it holds for each is bounded and follows them.
package growth

import (
	"time"

	"example.org/meadow/internal/broker"
)

type customer struct {
	last [60]float64
	used time.Time
}

type book struct {
	node  *broker.Node
	all   map[int]*customer
	reach int
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	b := &book{node: node, all: make(map[int]*customer), reach: 6000}
	return broker.Work{Tick: func(n int) {
		if b.reach < 14000 {
			b.reach += 90
		}
		now := node.Now()
		for i := 0; i < n*4; i++ {
			who := node.Rand.Intn(b.reach)
			c := b.all[who]
			if c == nil {
				c = new(customer)
				b.all[who] = c
			}
			c.used = now
		}
		for who, c := range b.all {
			if now.Sub(c.used) > 30*time.Hour {
				delete(b.all, who)
			}
		}
	}}
}
