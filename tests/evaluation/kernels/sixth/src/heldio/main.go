// SPDX-License-Identifier: Apache-2.0

// Command heldio calls a peer under the session's lock, and the peer does not answer.
package main

import (
	"net"
	"sync"
	"time"

	"example.com/bench/rig"
)

type session struct {
	mu   sync.Mutex
	conn net.Conn
}

func (s *session) call() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if rig.Repaired {
		s.conn.SetDeadline(time.Now().Add(5 * time.Millisecond))
	}
	s.conn.Write([]byte("ping"))
	s.conn.Read(make([]byte, 4)) // <- here
}

func scenario() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	conn, _ := net.Dial("tcp", listener.Addr().String())
	peer, _ := listener.Accept()
	listener.Close()
	s := &session{conn: conn}
	for i := 0; i < 9; i++ {
		go s.call()
	}
	time.Sleep(100 * time.Millisecond)
	kept = peer
}

var kept net.Conn

func main() {
	rig.Run(scenario)
}
