// SPDX-License-Identifier: Apache-2.0

package main

// expect class=channel,goroutine wait=(?i)nil.chan says=(?i)nil
import (
	"time"

	_ "example.com/shop/probe"
)

type watcher struct {
	events chan string
}

func newWatcher(enabled bool) *watcher {
	w := &watcher{}
	if enabled {
		w.events = make(chan string)
	}
	return w
}

func (w *watcher) loop() {
	for e := range w.events { // <- here
		_ = e
	}
}

func main() {
	w := newWatcher(false)
	go w.loop()
	time.Sleep(time.Hour)
}
