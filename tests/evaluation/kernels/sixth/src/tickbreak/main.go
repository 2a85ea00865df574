// SPDX-License-Identifier: Apache-2.0

// Command tickbreak breaks out of its select where it means to break out of its loop.
package main

import (
	"time"

	"example.com/bench/rig"
)

type session struct {
	done  chan bool
	beats int
}

func (s *session) keep() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select { // <- here
		case <-tick.C:
			s.beats++
		case <-s.done:
			if rig.Repaired {
				return
			}
			break
		}
	}
}

func scenario() {
	for i := 0; i < 5; i++ {
		s := &session{done: make(chan bool)}
		go s.keep()
		s.done <- true
	}
}

func main() {
	rig.Run(scenario)
}
