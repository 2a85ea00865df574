// SPDX-License-Identifier: Apache-2.0

// Command revision waits for the newest of several probes, each of which may find the state failed and hang up.
package main

import (
	"sync"

	"example.com/reduced/rig"
)

type revision struct {
	mu     sync.RWMutex
	state  string
	change chan string
}

func (r *revision) watch(seen chan<- string) {
	for state := range r.change {
		if state == "failed" && !rig.Repaired {
			return
		}
		seen <- state
	}
	close(seen)
}

func (r *revision) set(states ...string) {
	for _, state := range states {
		r.mu.Lock()
		r.state = state
		r.change <- state // <- here
		r.mu.Unlock()
	}
	close(r.change)
}

func scenario() {
	r := &revision{change: make(chan string)}
	seen := make(chan string, 4)
	go r.watch(seen)
	r.set("ready", "failed", "ready")
	for range seen {
	}
}

func main() {
	rig.Run(scenario)
}
