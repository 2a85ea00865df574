// SPDX-License-Identifier: Apache-2.0

// Command lostkick kicks a refresher that does not listen yet, and takes no note of it.
package main

import (
	"time"

	"example.com/bench/rig"
)

type refresher struct {
	kick  chan struct{}
	ready chan struct{}
}

func (r *refresher) run() {
	time.Sleep(20 * time.Millisecond)
	<-r.kick // <- here
	close(r.ready)
}

func (r *refresher) Kick() {
	select {
	case r.kick <- struct{}{}:
	default:
	}
}

func scenario() {
	r := &refresher{kick: make(chan struct{}), ready: make(chan struct{})}
	if rig.Repaired {
		r.kick = make(chan struct{}, 1)
	}
	go r.run()
	r.Kick()
	<-r.ready
}

func main() {
	rig.Run(scenario)
}
