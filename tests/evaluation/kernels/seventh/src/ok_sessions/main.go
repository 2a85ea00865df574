// SPDX-License-Identifier: Apache-2.0

// Healthy: sessions of clients that are quiet and come back.
package main

import (
	"bufio"
	"net"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type session struct{ conn net.Conn }

func (s session) run() {
	defer s.conn.Close()
	lines := bufio.NewReader(s.conn)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		s.conn.Write([]byte(line))
	}
}

func scenario() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go session{conn}.run()
		}
	}()
	var clients []net.Conn
	for i := 0; i < 5; i++ {
		if conn, err := net.Dial("tcp", listener.Addr().String()); err == nil {
			clients = append(clients, conn)
		}
	}
	rig.Traffic(func(n int) {
		clients[n%len(clients)].Write([]byte("hello\n"))
	})
}
