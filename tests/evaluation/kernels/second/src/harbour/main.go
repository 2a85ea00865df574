// SPDX-License-Identifier: Apache-2.0

// Command harbour waits at its end for a loop that left by another door.
//
// expect class=goroutine,channel wait=chan.receive says=(?i)(close|send|never comes)
package main

import (
	"errors"

	"example.org/ferry/watch"
)

type loop struct {
	in      chan int
	quit    chan struct{}
	stopped chan struct{}
	err     error
}

func (l *loop) run() {
	for {
		select {
		case n := <-l.in:
			if n < 0 {
				l.err = errors.New("negative")
				return
			}
		case <-l.quit:
			close(l.stopped)
			return
		}
	}
}

func (l *loop) Close() error {
	close(l.quit)
	<-l.stopped // <- here
	return l.err
}

func main() {
	l := &loop{in: make(chan int), quit: make(chan struct{}), stopped: make(chan struct{})}
	go l.run()
	l.in <- -1
	go func() { go l.Close() }()
	watch.Forever()
}
