// SPDX-License-Identifier: Apache-2.0

// Package fswatch tells of files that change.
package fswatch

import (
	"sync"

	"example.com/flock/rig"
)

// Event says that a file was changed.
type Event struct{ Name string }

// Watcher tells until it is closed.
type Watcher struct {
	Events chan Event
	raw    chan string
	done   chan struct{}
	loop   sync.WaitGroup
}

// New makes one.
func New() *Watcher {
	w := &Watcher{Events: make(chan Event), raw: make(chan string, 16), done: make(chan struct{})}
	w.loop.Add(1)
	go w.readEvents()
	return w
}

// Touch stands for what the system tells.
func (w *Watcher) Touch(name string) { w.raw <- name }

func (w *Watcher) readEvents() {
	defer w.loop.Done()
	for {
		select {
		case name := <-w.raw:
			if !w.send(Event{name}) {
				return
			}
		case <-w.done:
			return
		}
	}
}

func (w *Watcher) send(e Event) bool {
	if !rig.Repaired {
		w.Events <- e // <- here
		return true
	}
	select {
	case w.Events <- e:
		return true
	case <-w.done:
		return false
	}
}

// Close waits for the loop's end.
func (w *Watcher) Close() {
	close(w.done)
	w.loop.Wait()
}
