// SPDX-License-Identifier: Apache-2.0

// Command ok_streams has forty streams open, each with a reader, a writer and a keeper on either side.
//
// expect none
package main

import (
	"bufio"
	"fmt"
	"net"
	"time"

	"example.org/depot/port"
)

type stream struct {
	conn net.Conn
	out  chan string
	done chan struct{}
}

func newStream(c net.Conn) *stream {
	s := &stream{conn: c, out: make(chan string, 8), done: make(chan struct{})}
	go s.read()
	go s.write()
	go s.keep()
	return s
}

func (s *stream) read() {
	defer close(s.done)
	for in := bufio.NewScanner(s.conn); in.Scan(); {
	}
}

func (s *stream) write() {
	defer s.conn.Close()
	for {
		select {
		case text := <-s.out:
			fmt.Fprintln(s.conn, text)
		case <-s.done:
			return
		}
	}
}

func (s *stream) keep() {
	t := time.NewTicker(7 * time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			s.out <- "ping"
		case <-s.done:
			return
		}
	}
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	go func() {
		for {
			c, err := on.Accept()
			if err != nil {
				return
			}
			newStream(c)
		}
	}()
	for i := 0; i < 40; i++ {
		if c, err := net.Dial("tcp", on.Addr().String()); err == nil {
			newStream(c)
		}
	}
	port.Run()
}
