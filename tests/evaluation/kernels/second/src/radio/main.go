// SPDX-License-Identifier: Apache-2.0

// Command radio waits for an answer whose address was dropped when the call took too long.
//
// expect class=goroutine,channel wait=chan.receive says=(?i)(send|close|never comes)
package main

import (
	"sync"
	"time"

	"example.org/ferry/watch"
)

type call struct {
	id    int
	reply chan string
}

type station struct {
	mu   sync.Mutex
	open map[int]*call
}

func (s *station) place(id int) *call {
	c := &call{id, make(chan string)}
	s.mu.Lock()
	s.open[id] = c
	s.mu.Unlock()
	return c
}

func (s *station) drop(id int) {
	s.mu.Lock()
	delete(s.open, id)
	s.mu.Unlock()
}

func (s *station) hear(c *call, log func(string)) {
	log(<-c.reply) // <- here
}

func main() {
	s := &station{open: map[int]*call{}}
	done := make(chan int)
	go func() {
		c := s.place(1)
		go s.hear(c, func(string) {})
		time.Sleep(100 * time.Millisecond)
		s.drop(1)
		done <- 1
	}()
	<-done
	watch.Forever()
}
