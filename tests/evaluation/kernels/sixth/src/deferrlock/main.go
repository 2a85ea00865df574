// SPDX-License-Identifier: Apache-2.0

// Command deferrlock has one letter too few in a defer, so that a read lock is taken at the end and not given back.
package main

import (
	"sync"
	"time"

	"example.com/bench/rig"
)

type members struct {
	mu    sync.RWMutex
	names []string
}

func (m *members) list() int {
	m.mu.RLock() // <- here
	if rig.Repaired {
		defer m.mu.RUnlock()
	} else {
		defer m.mu.RLock() // <- here
	}
	return len(m.names)
}

func (m *members) join(name string) {
	m.mu.Lock() // <- here
	defer m.mu.Unlock()
	m.names = append(m.names, name)
}

func scenario() {
	m := &members{}
	m.list()
	go m.join("ann")
	time.Sleep(20 * time.Millisecond)
	for i := 0; i < 3; i++ {
		go m.list()
	}
	time.Sleep(20 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
