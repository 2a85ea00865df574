// SPDX-License-Identifier: Apache-2.0

// Package mux sends several streams over one connection.
package mux

import (
	"errors"
	"io"

	"example.com/flock/rig"
)

// ErrBroken says that the other side is gone.
var ErrBroken = errors.New("broken pipe")

type frame struct {
	stream  uint32
	payload []byte
}

// Conn has one writer for all streams.
type Conn struct {
	w      io.Writer
	frames chan frame
	dead   chan struct{}
}

// Stream is one of them.
type Stream struct {
	conn *Conn
	id   uint32
}

// New starts the writer.
func New(w io.Writer) *Conn {
	c := &Conn{w: w, frames: make(chan frame)}
	if rig.Repaired {
		c.dead = make(chan struct{})
	}
	go c.writeLoop()
	return c
}

func (c *Conn) writeLoop() {
	for f := range c.frames {
		if _, err := c.w.Write(f.payload); err != nil {
			if c.dead != nil {
				close(c.dead)
			}
			return
		}
	}
}

// Stream opens one.
func (c *Conn) Stream(id uint32) *Stream { return &Stream{c, id} }

// Write sends.
func (s *Stream) Write(p []byte) (int, error) {
	if err := s.conn.writeFrame(frame{s.id, p}); err != nil { // <- here
		return 0, err
	}
	return len(p), nil
}

func (c *Conn) writeFrame(f frame) error {
	select { // <- here
	case c.frames <- f:
		return nil
	case <-c.dead:
		return ErrBroken
	}
}
