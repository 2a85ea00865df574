// SPDX-License-Identifier: Apache-2.0
package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"time"

	"example.net/orchard/tunnelproxy/relay"
	"example.net/orchard/yard"
)

// echo is the machine behind the proxy: a press that confirms each line.
func echo(c net.Conn) {
	defer c.Close()
	for lines := bufio.NewScanner(c); lines.Scan(); {
		fmt.Fprintln(c, "ok", lines.Text())
	}
}

func listen(serve func(net.Conn)) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serve(c)
		}
	}()
	return l.Addr().String()
}

func operate(addr string, steps int) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return
	}
	defer c.Close()
	in := bufio.NewReader(c)
	for i := 0; i < steps; i++ {
		fmt.Fprintln(c, "press", i)
		if _, err := in.ReadString('\n'); err != nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func main() {
	y := yard.Open()
	r := &relay.Relay{Target: listen(echo), Strict: y.Strict}
	front := listen(r.Serve)
	y.Pace(0.9, func(i int) { go operate(front, 2+y.Intn(15)) })
	y.Wait()
}
