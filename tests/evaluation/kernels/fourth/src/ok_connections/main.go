// SPDX-License-Identifier: Apache-2.0

// Command ok_connections holds forty connections open over which little is said.
//
// expect none
package main

import (
	"bufio"
	"io"
	"net"
	"net/http"

	"example.com/wharf/dock"
)

type link struct {
	conn net.Conn
	out  chan string
}

func (l *link) read() {
	in := bufio.NewReader(l.conn)
	for {
		if _, err := in.ReadString('\n'); err != nil {
			close(l.out)
			return
		}
	}
}

func (l *link) write() {
	for text := range l.out {
		io.WriteString(l.conn, text)
	}
	l.conn.Close()
}

func start(c net.Conn) *link {
	l := &link{conn: c, out: make(chan string, 2)}
	go l.read()
	go l.write()
	return l
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	go func() {
		for {
			c, err := on.Accept()
			if err != nil {
				return
			}
			start(c)
		}
	}()
	var links []*link
	for i := 0; i < 40; i++ {
		if c, err := net.Dial("tcp", on.Addr().String()); err == nil {
			links = append(links, start(c))
		}
	}
	http.HandleFunc("/say", func(w http.ResponseWriter, r *http.Request) { links[7].out <- "hello\n" })
	dock.Serve("/say")
}
