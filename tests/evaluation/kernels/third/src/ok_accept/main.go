// SPDX-License-Identifier: Apache-2.0

// Command ok_accept listens on ten ports, one for each tenant; hardly anybody comes.
//
// expect none
package main

import (
	"fmt"
	"net"
	"time"

	"example.org/depot/port"
)

type tenant struct {
	name string
	on   net.Listener
}

func (t *tenant) serve() {
	for {
		c, err := t.on.Accept()
		if err != nil {
			return
		}
		go t.greet(c)
	}
}

func (t *tenant) greet(c net.Conn) {
	defer c.Close()
	c.SetDeadline(time.Now().Add(time.Second))
	fmt.Fprintln(c, t.name)
}

func main() {
	for i := 0; i < 10; i++ {
		on, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return
		}
		t := &tenant{name: fmt.Sprint("tenant-", i), on: on}
		go t.serve()
	}
	port.Run()
}
