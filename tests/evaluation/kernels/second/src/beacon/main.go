// SPDX-License-Identifier: Apache-2.0

// Command beacon looks every few seconds whether its ship is still there, and has no way to end.
//
// expect class=goroutine,timer wait=(select|chan.receive) says=(?i)(stop|end|exit|cancel|never)
package main

import (
	"time"

	"example.org/ferry/watch"
)

type ship struct {
	name string
	seen chan time.Time
	last time.Time
}

func (s *ship) track() {
	for {
		select { // <- here
		case t := <-s.seen:
			s.last = t
		case <-time.After(3 * time.Second):
		}
	}
}

func visit(name string) {
	s := &ship{name: name, seen: make(chan time.Time)}
	go s.track()
	s.seen <- time.Now()
}

func main() {
	in := make(chan struct{})
	for _, name := range []string{"Anna", "Berta", "Clara"} {
		go func(name string) {
			visit(name)
			in <- struct{}{}
		}(name)
		<-in
	}
	watch.Forever()
}
