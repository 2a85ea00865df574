// SPDX-License-Identifier: Apache-2.0

// Command ok_shutdown has a goroutine that waits for the end of the requests that are under way; there always are some.
//
// expect none
package main

import (
	"net/http"
	"sync"
	"time"

	"example.org/depot/port"
)

type server struct {
	inFlight sync.WaitGroup
	closing  chan struct{}
	drained  chan struct{}
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.inFlight.Add(1)
	defer s.inFlight.Done()
	select {
	case <-time.After(1500 * time.Millisecond):
	case <-s.closing:
	}
}

func (s *server) drain() {
	<-s.closing
	s.inFlight.Wait()
	close(s.drained)
}

func (s *server) background() {
	for {
		s.inFlight.Add(1)
		time.Sleep(9 * time.Second)
		s.inFlight.Done()
	}
}

func main() {
	s := &server{closing: make(chan struct{}), drained: make(chan struct{})}
	for i := 0; i < 12; i++ {
		go s.background()
	}
	go s.drain()
	http.Handle("/slow", s)
	port.Run("/slow")
}
