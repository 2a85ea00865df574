// SPDX-License-Identifier: Apache-2.0
package main

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"time"

	"example.net/quay/kit"
)

type turnstile struct {
	app  *kit.App
	line net.Listener
}

func (t *turnstile) open() {
	for {
		conn, err := t.line.Accept()
		if err != nil {
			return
		}
		go t.greet(conn)
	}
}

func (t *turnstile) greet(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReaderSize(conn, 1024)
	for {
		if t.app.Repaired {
			conn.SetReadDeadline(time.Now().Add(4 * time.Second))
		}
		ticket, err := in.ReadString('\n') // @leak
		if err != nil {
			return
		}
		fmt.Fprintf(conn, "ok %s\n", strings.ToUpper(strings.TrimSpace(ticket)))
	}
}

func main() {
	app := kit.Start()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	t := &turnstile{app: app, line: l}
	go t.open()
	var quiet []net.Conn
	app.Load(6, func(i int) {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			return
		}
		c.SetDeadline(time.Now().Add(time.Second))
		fmt.Fprintf(c, "ticket-%d\n", i)
		bufio.NewReader(c).ReadString('\n')
		if i%12 == 0 { // a phone that leaves the net: nobody says goodbye
			quiet = append(quiet, c)
			return
		}
		c.Close()
	})
	app.Wait()
}
