// SPDX-License-Identifier: Apache-2.0

// Command healthprobe asks a peer over one shared connection; the peer accepts and never answers.
//
// expect class=goroutine wait=(Mutex|IO) says=(?i)(hold|deadline|lock)
package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"sync"

	"example.org/depot/port"
)

type peer struct {
	mu   sync.Mutex
	conn net.Conn
	in   *bufio.Reader
}

func (p *peer) call(verb string) (string, error) {
	p.mu.Lock() // <- here
	defer p.mu.Unlock()
	if _, err := fmt.Fprintln(p.conn, verb); err != nil {
		return "", err
	}
	return p.in.ReadString('\n') // <- here
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	defer on.Close()
	conn, _ := net.Dial("tcp", on.Addr().String())
	p := &peer{conn: conn, in: bufio.NewReader(conn)}
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) {
		answer, _ := p.call("ping")
		fmt.Fprint(w, answer)
	})
	port.Run("/healthz")
}
