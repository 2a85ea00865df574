// SPDX-License-Identifier: Apache-2.0

// Command outlive polls for a state that is not reached, after what asked for it is over.
package main

import (
	"sync/atomic"
	"time"

	"example.com/reduced/rig"
)

type service struct{ ready, gone int32 }

func (s *service) poll() {
	for atomic.LoadInt32(&s.ready) == 0 {
		if rig.Repaired && atomic.LoadInt32(&s.gone) == 1 {
			return
		}
		time.Sleep(5 * time.Millisecond) // <- here
	}
}

func scenario() {
	s := &service{}
	go s.poll()
	time.Sleep(20 * time.Millisecond)
	atomic.StoreInt32(&s.gone, 1)
	time.Sleep(20 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
