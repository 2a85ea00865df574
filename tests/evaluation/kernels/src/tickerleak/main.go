// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,timer wait=(chan.receive|select) says=(?i)(ticker|stop|exit)
import (
	"net"
	"net/http"
	"time"

	_ "example.com/shop/probe"
)

type conn struct{ id int }

func (c *conn) heartbeat() {
	t := time.NewTicker(15 * time.Second)
	for range t.C { // <- here
		c.id++
	}
}

func accept(i int) {
	c := &conn{i}
	go c.heartbeat()
}

func main() {
	for i := 0; i < 250; i++ {
		accept(i)
	}
	ln, _ := net.Listen("tcp", "127.0.0.1:0")
	http.Serve(ln, nil)
}
