// SPDX-License-Identifier: Apache-2.0

// Command wrongwake has one condition for two kinds of waiting, and wakes one of them, the wrong one.
package main

import (
	"sync"
	"time"

	"example.com/bench/rig"
)

type buffer struct {
	mu     sync.Mutex
	cond   *sync.Cond
	items  int
	closed bool
}

func (b *buffer) drained() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for !b.closed {
		b.cond.Wait() // <- here
	}
}

func (b *buffer) get() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.items == 0 {
		b.cond.Wait() // <- here
	}
	b.items--
	b.closed = true
	b.cond.Broadcast()
}

func (b *buffer) put() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.items++
	if rig.Repaired {
		b.cond.Broadcast()
	} else {
		b.cond.Signal()
	}
}

func scenario() {
	b := &buffer{}
	b.cond = sync.NewCond(&b.mu)
	go b.drained()
	time.Sleep(10 * time.Millisecond)
	go b.get()
	time.Sleep(10 * time.Millisecond)
	b.put()
	b.drained()
}

func main() {
	rig.Run(scenario)
}
