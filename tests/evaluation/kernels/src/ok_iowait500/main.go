// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"bufio"
	"net"
	"time"

	_ "example.com/shop/probe"
)

func serve(c net.Conn) {
	defer c.Close()
	r := bufio.NewReader(c)
	for {
		c.SetReadDeadline(time.Now().Add(5 * time.Minute))
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		c.Write([]byte(line))
	}
}

func main() {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	go func() {
		var cs []net.Conn
		for i := 0; i < 500; i++ {
			if c, err := net.Dial("tcp", l.Addr().String()); err == nil {
				cs = append(cs, c)
			}
		}
		for i := 0; ; i++ {
			c := cs[i%len(cs)]
			c.Write([]byte("ping\n"))
			b := make([]byte, 8)
			c.Read(b)
			time.Sleep(5 * time.Millisecond)
		}
	}()
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go serve(c)
	}
}
