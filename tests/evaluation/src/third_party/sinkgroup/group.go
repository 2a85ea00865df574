// SPDX-License-Identifier: Apache-2.0

// Package sinkgroup stands for somebody else's library of buffered writers.
package sinkgroup

import (
	"bytes"
	"time"
)

// Sink buffers what is written to it and flushes from a goroutine of its own until it is closed.
type Sink struct {
	in   chan []byte
	done chan struct{}
	buf  bytes.Buffer
}

// Open starts a sink. Whoever opens one has to close it.
func Open(every time.Duration) *Sink {
	s := &Sink{in: make(chan []byte, 4), done: make(chan struct{})}
	s.buf.Grow(3000)
	go s.loop(every)
	return s
}

func (s *Sink) loop(every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select { // @also
		case b := <-s.in:
			s.buf.Write(b)
		case <-t.C:
			s.buf.Reset()
		case <-s.done:
			return
		}
	}
}

// Write hands bytes to the sink.
func (s *Sink) Write(b []byte) {
	select {
	case s.in <- b:
	case <-s.done:
	}
}

// Close ends the sink.
func (s *Sink) Close() {
	close(s.done)
}
