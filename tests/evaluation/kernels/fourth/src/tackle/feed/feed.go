// SPDX-License-Identifier: Apache-2.0

// Package feed is a stream of messages in both directions, as a remote procedure call has.
package feed

import (
	"context"
	"io"
)

// Stream is one of them.
type Stream struct {
	ctx  context.Context
	in   chan string
	done chan struct{}
}

// Open begins a stream that lives as long as ctx.
func Open(ctx context.Context) *Stream {
	return &Stream{ctx: ctx, in: make(chan string, 4), done: make(chan struct{})}
}

// Push is what the peer does.
func (s *Stream) Push(m string) {
	select {
	case s.in <- m:
	case <-s.done:
	case <-s.ctx.Done():
	}
}

// Recv waits for the next message.
func (s *Stream) Recv() (string, error) {
	select {
	case m := <-s.in:
		return m, nil
	case <-s.done:
		return "", io.EOF
	case <-s.ctx.Done():
		return "", s.ctx.Err()
	}
}

// CloseSend ends it.
func (s *Stream) CloseSend() { close(s.done) }
