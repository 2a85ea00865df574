// SPDX-License-Identifier: Apache-2.0

// Command watchchan follows a watch whose channel nobody closes when the watch is stopped.
package main

import (
	"time"

	"example.com/reduced/rig"
)

type event struct{ kind, name string }

type watch struct {
	events  chan event
	stopped bool
}

func (w *watch) Stop() {
	w.stopped = true
	if rig.Repaired {
		close(w.events)
	}
}

type informer struct{ seen map[string]int }

func (i *informer) consume(w *watch) {
	for e := range w.events { // <- here
		i.seen[e.name]++
	}
}

func scenario() {
	w := &watch{events: make(chan event, 4)}
	i := &informer{seen: map[string]int{}}
	go i.consume(w)
	w.events <- event{"added", "pod"}
	w.Stop()
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
