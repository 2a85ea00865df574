// SPDX-License-Identifier: Apache-2.0

// Command slowpeer publishes under a lock to clients, one of which does not read what is written to it.
package main

import (
	"net"
	"sync"
	"time"

	"example.com/bench/rig"
)

type client struct {
	conn   net.Conn
	events chan []byte
}

func (c *client) pump() {
	for e := range c.events {
		if rig.Repaired {
			c.conn.SetWriteDeadline(time.Now().Add(50 * time.Millisecond))
		}
		c.conn.Write(e) // <- here
	}
}

type hub struct {
	mu      sync.Mutex
	clients []*client
}

func (h *hub) publish(e []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.clients {
		c.events <- e
	}
}

func scenario() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	peer, _ := net.Dial("tcp", listener.Addr().String())
	conn, _ := listener.Accept()
	listener.Close()
	c := &client{conn: conn, events: make(chan []byte, 1)}
	h := &hub{clients: []*client{c}}
	go c.pump()
	for i := 0; i < 8; i++ {
		go h.publish(make([]byte, 16<<20))
	}
	time.Sleep(600 * time.Millisecond)
	kept = peer
	if rig.Repaired {
		close(c.events)
	}
}

var kept net.Conn

func main() {
	rig.Run(scenario)
}
