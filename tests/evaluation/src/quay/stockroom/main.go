// SPDX-License-Identifier: Apache-2.0
package main

import (
	"sync"
	"time"

	"example.net/quay/kit"
)

type shelf struct {
	mu    sync.RWMutex
	count map[int]int
	audit chan int
}

// total reads; while a supplier's audit runs it waits for the auditor with the lock in hand.
func (s *shelf) total(item int) int {
	s.mu.RLock() // @leak
	defer s.mu.RUnlock()
	return s.count[item]
}

func (s *shelf) put(item, n int) {
	s.mu.Lock() // @also
	s.count[item] += n
	s.mu.Unlock()
}

func (s *shelf) review() {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, n := range s.count {
		s.audit <- n // @also
	}
}

func main() {
	app := kit.Start()
	s := &shelf{count: map[int]int{1: 1, 2: 2, 3: 3}, audit: make(chan int)}
	go func() {
		for n := range s.audit {
			if n < 0 && !app.Repaired {
				return // an auditor that gives up
			}
		}
	}()
	app.Load(4, func(i int) { go s.total(i % 9) })
	app.Load(0.5, func(i int) { go s.put(i%9, 1) })
	time.AfterFunc(3*time.Minute, func() {
		s.put(5, -1000)
		go s.review()
	})
	app.Wait()
}
