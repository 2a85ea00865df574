// SPDX-License-Identifier: Apache-2.0

// Package probes starts an agent for each site that is looked at.
package probes

import (
	"time"

	"example.org/meadow/internal/broker"
)

type agent struct {
	quit   chan bool
	ticks  *time.Ticker
	window [100]float64
}

func begin() *agent {
	a := &agent{quit: make(chan bool), ticks: time.NewTicker(2 * time.Hour)}
	go a.loop()
	return a
}

func (a *agent) loop() {
	for i := 0; ; i++ {
		select { // @leak
		case <-a.ticks.C:
			a.window[i%100]++
		case <-a.quit:
			a.ticks.Stop()
			return
		}
	}
}

func (a *agent) shutdown() {
	a.quit <- true
}

type view struct {
	node *broker.Node
	lost int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	v := &view{node: node}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/25; i++ {
				v.look(i)
			}
		},
		Held: func() (int64, int64) { return v.lost, v.lost * 3700 },
	}
}

func (v *view) look(site int) {
	a := begin()
	if site%4 != 0 && !v.node.Fixed {
		v.lost++
		return
	}
	a.shutdown()
}
