// SPDX-License-Identifier: Apache-2.0

// Package monitor follows one container.
package monitor

import (
	"sync"
	"time"

	"example.com/flock/rig"
)

// Monitor has the state of a container.
type Monitor struct {
	mu     sync.Mutex
	code   int
	events chan int
	resets int
}

// New makes one.
func New() *Monitor { return &Monitor{events: make(chan int)} }

// Exit tells that the container has ended.
func (m *Monitor) Exit(code int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.code = code
	if rig.Repaired {
		go func() { m.events <- code }()
		return
	}
	m.events <- code // <- here
}

// Watch resets what it counts, and then hears of the end.
func (m *Monitor) Watch() {
	time.Sleep(40 * time.Millisecond)
	m.reset()
	<-m.events
}

func (m *Monitor) reset() {
	m.mu.Lock() // <- here
	m.resets++
	m.mu.Unlock()
}
