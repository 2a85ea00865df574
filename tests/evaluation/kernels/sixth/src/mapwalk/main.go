// SPDX-License-Identifier: Apache-2.0

// Command mapwalk sweeps its index under the lock and tells a goroutine that wants the lock for each entry.
package main

import (
	"sync"

	"example.com/bench/rig"
)

type index struct {
	mu      sync.Mutex
	entries sync.Map
	gone    chan string
}

func (x *index) sweep() {
	x.mu.Lock()
	if rig.Repaired {
		x.mu.Unlock()
	} else {
		defer x.mu.Unlock()
	}
	x.entries.Range(func(key, _ any) bool {
		x.gone <- key.(string) // <- here
		return true
	})
}

func (x *index) forget() {
	for key := range x.gone {
		x.drop(key)
	}
}

func (x *index) drop(key string) {
	x.mu.Lock() // <- here
	defer x.mu.Unlock()
	x.entries.Delete(key)
}

func scenario() {
	x := &index{gone: make(chan string)}
	for _, key := range []string{"a", "b", "c"} {
		x.entries.Store(key, true)
	}
	go x.forget()
	x.sweep()
	close(x.gone)
}

func main() {
	rig.Run(scenario)
}
