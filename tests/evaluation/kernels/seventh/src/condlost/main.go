// SPDX-License-Identifier: Apache-2.0

// A consumer that waits for a signal without looking whether it has been given already.
package main

import (
	"sync"
	"time"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type mailbox struct {
	sync.Mutex
	arrived *sync.Cond
	letters []string
}

func newMailbox() *mailbox {
	m := &mailbox{}
	m.arrived = sync.NewCond(m)
	return m
}

func (m *mailbox) put(letter string) {
	m.Lock()
	m.letters = append(m.letters, letter)
	m.Unlock()
	m.arrived.Signal()
}

func (m *mailbox) fetch() []string {
	m.Lock()
	defer m.Unlock()
	if !rig.Repaired || len(m.letters) == 0 {
		m.arrived.Wait() // <- here
	}
	return m.letters
}

func scenario() {
	m := newMailbox()
	delivered := make(chan []string, 1)
	m.put("first")
	go func() { delivered <- m.fetch() }()
	select {
	case <-delivered:
	case <-time.After(200 * time.Millisecond):
	}
}
