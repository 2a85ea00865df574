// SPDX-License-Identifier: Apache-2.0

// Command ok_pumps takes connections over from the HTTP server; each lives on in two goroutines.
//
// expect none
package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"time"

	"example.org/ferry/watch"
)

type peer struct {
	conn net.Conn
	in   *bufio.Reader
	out  chan string
	gone chan struct{}
}

func (p *peer) read() {
	defer close(p.gone)
	for {
		line, err := p.in.ReadString('\n')
		if err != nil {
			return
		}
		p.out <- line
	}
}

func (p *peer) write() {
	defer p.conn.Close()
	for {
		select {
		case line := <-p.out:
			if _, err := io.WriteString(p.conn, line); err != nil {
				return
			}
		case <-p.gone:
			return
		}
	}
}

func upgrade(w http.ResponseWriter, r *http.Request) {
	conn, buf, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	p := &peer{conn, buf.Reader, make(chan string), make(chan struct{})}
	go p.read()
	go p.write()
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	go http.Serve(on, http.HandlerFunc(upgrade))
	var clients []net.Conn
	for i := 0; i < 6; i++ {
		c, err := net.Dial("tcp", on.Addr().String())
		if err != nil {
			continue
		}
		io.WriteString(c, "GET /up HTTP/1.1\r\nHost: ferry\r\n\r\n")
		clients = append(clients, c)
	}
	go func() {
		for {
			for _, c := range clients {
				io.WriteString(c, "hello\n")
			}
			time.Sleep(2 * time.Second)
		}
	}()
	watch.Forever()
}
