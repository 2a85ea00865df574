// SPDX-License-Identifier: Apache-2.0

// Package origin asks a store for images; connections become idle again, 90 at most.
package origin

import (
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"example.net/lantern/internal/press"
)

type conn struct {
	near, far net.Conn
	used      time.Time
}

type store struct {
	desk *press.Desk
	mu   sync.Mutex
	idle []*conn
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	s := &store{desk: desk}
	desk.On("IMAGE", func(a *press.Ask) { s.image(a.Body) })
	peak := 2
	return press.Job{Tick: func(n int) {
		if peak < 90 { // clients come one after another
			peak += desk.Rand.Intn(3)
		}
		var taken []*conn
		for i := 0; i < peak; i++ {
			taken = append(taken, s.take())
		}
		for _, c := range taken {
			s.give(c)
		}
		for i := 0; i < n/3; i++ {
			desk.Ask("IMAGE", "page", fmt.Sprint("image-", i))
		}
	}}
}

func (s *store) take() *conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.idle); n > 0 {
		c := s.idle[n-1]
		s.idle = s.idle[:n-1]
		return c
	}
	c := new(conn)
	c.near, c.far = net.Pipe()
	go c.serve()
	return c
}

func (s *store) give(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.used = s.desk.Now()
	if len(s.idle) >= 90 {
		_ = c.near.Close()
		return
	}
	s.idle = append(s.idle, c)
}

func (c *conn) serve() {
	piece := make([]byte, 4096)
	for {
		n, err := c.far.Read(piece)
		if err != nil {
			return
		}
		if _, err = c.far.Write(piece[:n]); err != nil {
			return
		}
	}
}

func (s *store) image(name string) {
	c := s.take()
	defer s.give(c)
	answer := make([]byte, len(name))
	if _, err := c.near.Write([]byte(name)); err == nil {
		_, _ = io.ReadFull(c.near, answer)
	}
}
