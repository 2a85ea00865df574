// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=(?i)(Mutex|waitgroup|semacquire) says=(?i)(lock|WaitGroup)
import (
	"sync"
	"time"

	_ "example.com/shop/probe"
)

type server struct {
	mu    sync.Mutex
	wg    sync.WaitGroup
	conns map[int]bool
}

func (s *server) drop(id int) {
	defer s.wg.Done()
	s.mu.Lock() // <- here
	delete(s.conns, id)
	s.mu.Unlock()
}

func (s *server) shutdown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id := range s.conns {
		s.wg.Add(1)
		go s.drop(id)
	}
	s.wg.Wait() // <- here
}

func main() {
	s := &server{conns: map[int]bool{1: true, 2: true, 3: true}}
	go s.shutdown()
	time.Sleep(time.Hour)
}
