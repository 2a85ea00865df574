// SPDX-License-Identifier: Apache-2.0

// Command initwait waits in its init, with the lock, for a goroutine that needs the lock.
package main

import (
	"sync"

	"example.com/bench/rig"
)

var (
	mu    sync.Mutex
	codes = map[string]bool{}
	ready = make(chan bool, 1)
)

func register(name string) {
	mu.Lock() // <- here
	codes[name] = true
	mu.Unlock()
	ready <- true
}

func init() {
	mu.Lock()
	if rig.Repaired {
		mu.Unlock()
	} else {
		defer mu.Unlock()
	}
	go register("gzip")
	<-ready // <- here
}

func scenario() {
}

func main() {
	rig.Run(scenario)
}
