// SPDX-License-Identifier: Apache-2.0

// Package sender writes pushes to the push networks in batches.
package sender

import (
	"bufio"
	"context"
	"errors"
	"io"
	"time"

	"example.com/fleet/internal/notify/push"
)

// ErrBusy is returned while the queue is full.
var ErrBusy = errors.New("push queue is full")

// Sender is a queue in front of one connection.
type Sender struct {
	queue chan []byte
	out   *bufio.Writer
}

// New returns a sender that writes to conn.
func New(conn io.Writer, depth int) *Sender {
	return &Sender{queue: make(chan []byte, depth), out: bufio.NewWriterSize(conn, 64<<10)}
}

// Send queues the frame of p.
func (s *Sender) Send(p *push.Push) error {
	frame := p.AppendFrame(make([]byte, 0, 64+int(p.Size)))
	select {
	case s.queue <- frame:
		return nil
	default:
		return ErrBusy
	}
}

// Run writes queued frames until ctx is done, flushing when the queue runs dry
// and at the latest after linger.
func (s *Sender) Run(ctx context.Context, linger time.Duration) {
	tick := time.NewTicker(linger)
	defer tick.Stop()
	for {
		select {
		case frame := <-s.queue:
			s.out.Write(frame)
		case <-tick.C:
			s.out.Flush()
		case <-ctx.Done():
			s.out.Flush()
			return
		}
	}
}
