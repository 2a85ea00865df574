// SPDX-License-Identifier: Apache-2.0

// Package modbus talks to controllers over unix sockets.
package modbus

import (
	"io"
	"net"
	"time"

	"example.org/meadow/internal/broker"
)

type link struct {
	conn  net.Conn
	frame [260]byte
}

type bridge struct {
	node *broker.Node
	far  []net.Conn
	dead int64
	path string
	ln   net.Listener
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	b := &bridge{node: node, ln: ln, path: ln.Addr().String()}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/50; i++ {
				b.poll(i)
			}
		},
		Held: func() (int64, int64) { return b.dead, b.dead * 4000 },
	}
}

func (b *bridge) poll(i int) {
	near, err := net.Dial("tcp4", b.path)
	if err != nil {
		panic(err)
	}
	far, err := b.ln.Accept()
	if err != nil {
		panic(err)
	}
	l := &link{conn: near}
	go l.receive(b.node.Fixed)
	if i%3 == 0 {
		_ = far.Close()
		return
	}
	b.far = append(b.far, far) // the controller stays connected and is silent
	b.dead++
}

func (l *link) receive(fixed bool) {
	defer l.conn.Close()
	if fixed {
		_ = l.conn.SetReadDeadline(time.Now().Add(time.Minute))
	}
	_, err := io.ReadFull(l.conn, l.frame[:]) // @leak
	if err != nil {
		return
	}
}
