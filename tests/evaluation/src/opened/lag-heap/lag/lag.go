// SPDX-License-Identifier: Apache-2.0

// Package lag allocates little, so that the collector comes seldom and profiles lag behind.
package lag

import (
	"runtime/debug"

	"example.org/meadow/internal/broker"
)

type page struct {
	body [16 << 10]byte
}

type lag struct {
	node  *broker.Node
	pages [700]*page
	at    int
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	l := &lag{node: node}
	for i := range l.pages {
		l.pages[i] = new(page)
	}
	debug.SetGCPercent(300)
	return broker.Work{Tick: func(n int) {
		for i := 0; i < 1+n/20; i++ {
			l.pages[l.at%700] = new(page)
			l.at++
		}
	}}
}
