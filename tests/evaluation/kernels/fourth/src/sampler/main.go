// SPDX-License-Identifier: Apache-2.0

// Command sampler stops its loop while it holds the lock that the loop needs.
//
// expect class=goroutine,channel wait=(?i)(chan.(receive|send)|Mutex) says=(?i)(lock|mutex)
package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"example.com/wharf/dock"
)

type sampler struct {
	mu   sync.Mutex
	n    int
	quit chan struct{}
	done chan struct{}
}

func (s *sampler) loop() {
	defer close(s.done)
	for {
		select {
		case <-s.quit:
			return
		case <-time.After(2 * time.Millisecond):
		}
		s.mu.Lock() // <- here
		s.n++
		time.Sleep(time.Millisecond)
		s.mu.Unlock()
	}
}

func (s *sampler) stop() int {
	if dock.Repaired {
		close(s.quit)
		<-s.done
	}
	s.mu.Lock() // <- here
	defer s.mu.Unlock()
	if !dock.Repaired {
		time.Sleep(4 * time.Millisecond)
		s.quit <- struct{}{} // <- here
		<-s.done             // <- here
	}
	return s.n
}

func main() {
	http.HandleFunc("/sample", func(w http.ResponseWriter, r *http.Request) {
		s := &sampler{quit: make(chan struct{}), done: make(chan struct{})}
		go s.loop()
		time.Sleep(10 * time.Millisecond)
		fmt.Fprintln(w, s.stop())
	})
	dock.Serve("/sample")
}
