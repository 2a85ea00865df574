// SPDX-License-Identifier: Apache-2.0

// Command upstream dials a backend for each request and reads its answer without a deadline.
//
// expect class=goroutine wait=IO says=(?i)(deadline|timeout)
package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"

	"example.org/depot/port"
)

type proxy struct {
	addr string
}

func (p *proxy) forward(verb string) (string, error) {
	c, err := net.Dial("tcp", p.addr)
	if err != nil {
		return "", err
	}
	defer c.Close()
	fmt.Fprintln(c, verb)
	return bufio.NewReader(c).ReadString('\n') // <- here
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	defer on.Close()
	p := &proxy{addr: on.Addr().String()}
	http.HandleFunc("/forward", func(w http.ResponseWriter, r *http.Request) {
		answer, err := p.forward("GET")
		fmt.Fprintln(w, answer, err)
	})
	port.Run("/forward")
}
