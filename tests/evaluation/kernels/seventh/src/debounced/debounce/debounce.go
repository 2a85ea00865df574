// SPDX-License-Identifier: Apache-2.0

// Package debounce hands on the last of several changes.
package debounce

import (
	"time"

	"example.com/flock/rig"
)

// Debouncer waits a while before it hands on.
type Debouncer struct {
	wait    time.Duration
	timer   *time.Timer
	changes chan int
	quit    chan struct{}
	applied int
}

// New starts one.
func New(wait time.Duration) *Debouncer {
	d := &Debouncer{wait: wait, changes: make(chan int), quit: make(chan struct{})}
	go d.apply()
	return d
}

// Change comes after a while.
func (d *Debouncer) Change(n int) {
	d.timer = time.AfterFunc(d.wait, func() {
		d.changes <- n // <- here
	})
}

func (d *Debouncer) apply() {
	for {
		select {
		case d.applied = <-d.changes:
		case <-d.quit:
			return
		}
	}
}

// Close ends it.
func (d *Debouncer) Close() {
	if rig.Repaired {
		d.timer.Stop()
	}
	close(d.quit)
}
