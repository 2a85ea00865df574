// SPDX-License-Identifier: Apache-2.0

// Package gate holds callers until it is opened.
package gate

import (
	"sync"

	"example.com/flock/rig"
)

// Gate is closed at first.
type Gate struct {
	mu     sync.Mutex
	opened sync.Cond
	open   bool
	passed []int
}

// New makes a closed gate.
func New() *Gate {
	g := new(Gate)
	g.opened.L = &g.mu
	return g
}

// Open lets all through.
func (g *Gate) Open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open = true
	if rig.Repaired {
		g.opened.Broadcast()
	} else {
		g.opened.Signal()
	}
}

// Pass waits until the gate is open.
func (g *Gate) Pass(who int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for !g.open {
		g.opened.Wait() // <- here
	}
	g.passed = append(g.passed, who)
}
