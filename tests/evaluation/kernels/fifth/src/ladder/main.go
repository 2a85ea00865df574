// SPDX-License-Identifier: Apache-2.0

// Command ladder has three services that each call the next one under their own lock.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

type service struct {
	sync.Mutex
	next *service
}

func (s *service) ping(wg *sync.WaitGroup) {
	defer wg.Done()
	s.Lock()
	time.Sleep(30 * time.Millisecond)
	if rig.Repaired {
		s.Unlock()
		s.next.pong()
		return
	}
	s.next.pong()
	s.Unlock()
}

func (s *service) pong() {
	s.Lock() // <- here
	defer s.Unlock()
}

func scenario() {
	a, b, c := &service{}, &service{}, &service{}
	a.next, b.next, c.next = b, c, a
	var wg sync.WaitGroup
	wg.Add(3)
	for _, s := range []*service{a, b, c} {
		go s.ping(&wg)
	}
	wg.Wait()
}

func main() {
	rig.Run(scenario)
}
