// SPDX-License-Identifier: Apache-2.0

// Package reload calls when the program is told to read its files again.
package reload

import (
	"os"
	"os/signal"
	"syscall"

	"example.com/flock/rig"
)

// Watcher waits for signals.
type Watcher struct{ signals chan os.Signal }

// OnSignal begins to wait.
func OnSignal(f func()) *Watcher {
	w := &Watcher{make(chan os.Signal, 1)}
	signal.Notify(w.signals, syscall.SIGHUP)
	go w.loop(f)
	return w
}

func (w *Watcher) loop(f func()) {
	for range w.signals { // <- here
		f()
	}
}

// Close ends it.
func (w *Watcher) Close() {
	signal.Stop(w.signals)
	if rig.Repaired {
		close(w.signals)
	}
}
