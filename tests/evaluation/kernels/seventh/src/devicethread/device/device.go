// SPDX-License-Identifier: Apache-2.0

// Package device speaks to a library that wants one thread.
package device

import (
	"runtime"

	"example.com/flock/rig"
)

// Handle is an open device.
type Handle struct {
	number   int
	commands chan func()
	closed   bool
}

// Open starts the thread of a device.
func Open(number int) *Handle {
	h := &Handle{number: number, commands: make(chan func())}
	go h.serve()
	return h
}

func (h *Handle) serve() {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for {
		command, more := <-h.commands // <- here
		if !more {
			return
		}
		command()
	}
}

// Do runs something on the thread.
func (h *Handle) Do(f func()) {
	done := make(chan struct{})
	h.commands <- func() { f(); close(done) }
	<-done
}

// Close marks the handle as closed.
func (h *Handle) Close() {
	h.closed = true
	if rig.Repaired {
		close(h.commands)
	}
}
