// SPDX-License-Identifier: Apache-2.0

// Command gangway wakes one of those who wait for the gate, and there are three.
//
// expect class=goroutine wait=(?i)cond says=(?i)(signal|broadcast|condition|Cond)
package main

import (
	"sync"
	"time"

	"example.org/ferry/watch"
)

type gate struct {
	l    sync.Mutex
	c    *sync.Cond
	open bool
}

func newGate() *gate {
	g := new(gate)
	g.c = sync.NewCond(&g.l)
	return g
}

func (g *gate) pass(name string) {
	g.l.Lock()
	for !g.open {
		g.c.Wait() // <- here
	}
	g.l.Unlock()
}

func (g *gate) unlatch() {
	g.l.Lock()
	g.open = true
	g.l.Unlock()
	g.c.Signal()
}

func main() {
	g := newGate()
	for _, name := range []string{"car", "van", "foot"} {
		go g.pass(name)
	}
	time.AfterFunc(2*time.Second, g.unlatch)
	watch.Forever()
}
