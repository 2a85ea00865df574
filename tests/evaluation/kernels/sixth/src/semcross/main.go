// SPDX-License-Identifier: Apache-2.0

// Command semcross uploads with a slot and asks for the lock, and purges with the lock and asks for a slot.
package main

import (
	"sync"
	"time"

	"example.com/bench/rig"
)

type store struct {
	mu    sync.Mutex
	slots chan struct{}
	files int
}

func (s *store) upload() {
	s.slots <- struct{}{}
	defer func() { <-s.slots }()
	time.Sleep(10 * time.Millisecond)
	s.mu.Lock() // <- here
	s.files++
	s.mu.Unlock()
}

func (s *store) purge() {
	s.mu.Lock()
	if rig.Repaired {
		s.mu.Unlock()
	} else {
		defer s.mu.Unlock()
	}
	time.Sleep(10 * time.Millisecond)
	s.slots <- struct{}{} // <- here
	<-s.slots
}

func scenario() {
	s := &store{slots: make(chan struct{}, 1)}
	done := make(chan bool)
	go func() {
		s.upload()
		done <- true
	}()
	s.purge()
	<-done
}

func main() {
	rig.Run(scenario)
}
