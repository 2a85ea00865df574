// SPDX-License-Identifier: Apache-2.0

// Command watchdog waits under its lock for the loop to end, which needs the lock for that.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

type watchdog struct {
	mu    sync.Mutex
	beats int
	quit  chan struct{}
	ended chan struct{}
}

func (w *watchdog) loop() {
	defer close(w.ended)
	<-w.quit
	time.Sleep(10 * time.Millisecond)
	w.mu.Lock() // <- here
	w.beats = 0
	w.mu.Unlock()
}

func (w *watchdog) Stop() {
	w.mu.Lock()
	close(w.quit)
	if rig.Repaired {
		w.mu.Unlock()
		<-w.ended
		return
	}
	<-w.ended // <- here
	w.mu.Unlock()
}

func scenario() {
	w := &watchdog{quit: make(chan struct{}), ended: make(chan struct{})}
	go w.loop()
	w.Stop()
}

func main() {
	rig.Run(scenario)
}
