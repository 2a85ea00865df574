// SPDX-License-Identifier: Apache-2.0

// Command wgself waits for its group in a member of the group.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

type session struct {
	wg   sync.WaitGroup
	quit chan struct{}
}

func (s *session) readLoop() {
	defer s.wg.Done()
	if rig.Repaired {
		go s.close()
		return
	}
	s.close()
}

func (s *session) close() {
	close(s.quit)
	s.wg.Wait() // <- here
}

func scenario() {
	s := &session{quit: make(chan struct{})}
	s.wg.Add(1)
	go s.readLoop()
	<-s.quit
	time.Sleep(30 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
