// SPDX-License-Identifier: Apache-2.0

// Package rpc has the shape of a streaming RPC client.
package rpc

import (
	"context"
	"errors"
)

type Conn struct{ target string }

func Dial(t string) *Conn { return &Conn{t} }

type Stream struct {
	ctx  context.Context
	recv chan string
	stop chan struct{}
}

func (c *Conn) NewStream(ctx context.Context, key string) *Stream {
	s := &Stream{ctx: ctx, recv: make(chan string), stop: make(chan struct{})}
	go s.keepalive()
	return s
}

func (s *Stream) keepalive() {
	select {
	case <-s.ctx.Done():
	case <-s.stop:
	}
}

func (s *Stream) Recv() (string, error) {
	select {
	case m := <-s.recv:
		return m, nil
	case <-s.ctx.Done():
		return "", errors.New("cancelled")
	}
}
