// SPDX-License-Identifier: Apache-2.0

// Command timerdrain drains a timer that has been read already.
package main

import (
	"time"

	"example.com/reduced/rig"
)

type idle struct {
	timer *time.Timer
}

func (i *idle) reset(read bool) {
	if !i.timer.Stop() {
		if rig.Repaired && read {
			i.timer.Reset(time.Millisecond)
			return
		}
		<-i.timer.C // <- here
	}
	i.timer.Reset(time.Millisecond)
}

func scenario() {
	i := &idle{timer: time.NewTimer(time.Millisecond)}
	<-i.timer.C
	i.reset(true)
}

func main() {
	rig.Run(scenario)
}
