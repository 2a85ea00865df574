// SPDX-License-Identifier: Apache-2.0

// Command connread reads from a peer that says nothing, without a deadline.
package main

import (
	"io"
	"net"
	"time"

	"example.com/reduced/rig"
)

type peer struct{ conn net.Conn }

func (p *peer) serve(quiet time.Duration) {
	defer p.conn.Close()
	if rig.Repaired {
		p.conn.SetReadDeadline(time.Now().Add(quiet))
	}
	head := make([]byte, 4)
	if _, err := io.ReadFull(p.conn, head); err != nil { // <- here
		return
	}
}

var client net.Conn

func scenario() {
	on, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return
	}
	client, _ = net.Dial("tcp", on.Addr().String())
	conn, _ := on.Accept()
	on.Close()
	go (&peer{conn}).serve(20 * time.Millisecond)
	time.Sleep(100 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
