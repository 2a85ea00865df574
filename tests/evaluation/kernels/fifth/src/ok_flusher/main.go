// SPDX-License-Identifier: Apache-2.0

// Command ok_flusher writes metrics once in five seconds until it is told to stop.
package main

import (
	"time"

	"example.com/reduced/rig"
)

type flusher struct {
	quit    chan struct{}
	flushes int
}

func (f *flusher) run() {
	t := time.NewTicker(5 * time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			f.flushes++
		case <-f.quit:
			return
		}
	}
}

var metrics = &flusher{quit: make(chan struct{})}

func scenario() {
	go metrics.run()
	time.Sleep(10 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
