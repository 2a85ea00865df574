// SPDX-License-Identifier: Apache-2.0

// Command barriercond waits for a signal that was given before it waited.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

type barrier struct {
	mu    sync.Mutex
	cond  *sync.Cond
	ready bool
}

func (b *barrier) open() {
	b.mu.Lock()
	b.ready = true
	b.mu.Unlock()
	b.cond.Signal()
}

func (b *barrier) pass() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if rig.Repaired && b.ready {
		return
	}
	b.cond.Wait() // <- here
}

func scenario() {
	b := &barrier{}
	b.cond = sync.NewCond(&b.mu)
	go b.open()
	time.Sleep(30 * time.Millisecond)
	b.pass()
}

func main() {
	rig.Run(scenario)
}
