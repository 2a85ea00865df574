// SPDX-License-Identifier: Apache-2.0

// Command errorsunread ranges over a watcher's events, and nobody reads the watcher's errors.
package main

import (
	"errors"
	"time"

	"example.com/bench/rig"
)

type watcher struct {
	events chan string
	errors chan error
}

func (w *watcher) read() {
	for i := 0; i < 5; i++ {
		w.events <- "changed"
		if i == 1 && !rig.Repaired {
			w.errors <- errors.New("overflow") // <- here
		}
	}
	close(w.events)
}

func scenario() {
	w := &watcher{events: make(chan string), errors: make(chan error)}
	go w.read()
	for range w.events {
		time.Sleep(time.Millisecond)
	}
}

func main() {
	rig.Run(scenario)
}
