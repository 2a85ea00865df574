// SPDX-License-Identifier: Apache-2.0

// Package janitor tidies up: every few minutes all memory goes back to the kernel.
package janitor

import (
	"runtime/debug"
	"time"

	"example.net/lantern/internal/press"
)

// New returns the service.
func New(desk *press.Desk) press.Job {
	pages := make([][]byte, 400)
	if !desk.Fixed {
		go sweep()
	}
	return press.Job{Tick: func(n int) {
		for i := 0; i < n; i++ {
			pages[desk.Rand.Intn(len(pages))] = make([]byte, 2000+i)
		}
	}}
}

func sweep() {
	for range time.Tick(3 * time.Minute) {
		debug.FreeOSMemory()
	}
}
