// SPDX-License-Identifier: Apache-2.0

// Package strom stands for a library of remote calls with streams that have a window.
package strom

import (
	"context"
	"errors"
)

// ErrClosed is what a stream says when the other side has ended it.
var ErrClosed = errors.New("strom: the stream is closed")

// Stream carries messages into one direction, at most as many at once as its window has.
type Stream struct {
	ctx      context.Context
	messages chan []byte
	done     chan struct{}
}

// Open makes a stream that ends with its context.
func Open(ctx context.Context, window int) *Stream {
	return &Stream{ctx: ctx, messages: make(chan []byte, window), done: make(chan struct{})}
}

// Send waits until there is room in the window.
func (s *Stream) Send(message []byte) error {
	select {
	case s.messages <- message:
		return nil
	case <-s.done:
		return ErrClosed
	case <-s.ctx.Done():
		return s.ctx.Err()
	}
}

// Recv waits for a message.
func (s *Stream) Recv() ([]byte, error) {
	select {
	case message := <-s.messages:
		return message, nil
	case <-s.done:
		return nil, ErrClosed
	case <-s.ctx.Done():
		return nil, s.ctx.Err()
	}
}

// Close ends the stream for both sides.
func (s *Stream) Close() {
	close(s.done)
}

// Server calls a handler for each stream that is opened.
type Server struct {
	handle func(*Stream) error
}

// NewServer makes a server of one handler.
func NewServer(handle func(*Stream) error) *Server {
	return &Server{handle: handle}
}

// Accept starts the handler of one more stream.
func (s *Server) Accept(stream *Stream) {
	go s.serveStream(stream)
}

func (s *Server) serveStream(stream *Stream) {
	_ = s.handle(stream)
}
