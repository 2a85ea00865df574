// SPDX-License-Identifier: Apache-2.0

// Command condone wakes one of two that wait for the same thing.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

type leader struct {
	mu      sync.Mutex
	changed *sync.Cond
	elected bool
}

func (l *leader) await() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for !l.elected {
		l.changed.Wait() // <- here
	}
}

func (l *leader) elect() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.elected = true
	if rig.Repaired {
		l.changed.Broadcast()
		return
	}
	l.changed.Signal()
}

func scenario() {
	l := &leader{}
	l.changed = sync.NewCond(&l.mu)
	go l.await()
	go l.await()
	time.Sleep(20 * time.Millisecond)
	l.elect()
	time.Sleep(30 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
