// SPDX-License-Identifier: Apache-2.0

// Package deadline has deadlines that can be extended.
package deadline

import (
	"time"

	"example.com/flock/rig"
)

// Deadline comes once.
type Deadline struct{ timer *time.Timer }

// New sets one.
func New(d time.Duration) *Deadline { return &Deadline{time.NewTimer(d)} }

// Wait waits for it.
func (d *Deadline) Wait() { <-d.timer.C }

// Extend moves it.
func (d *Deadline) Extend(by time.Duration) {
	if !d.timer.Stop() && !rig.Repaired {
		<-d.timer.C // <- here
	}
	d.timer.Reset(by)
}
