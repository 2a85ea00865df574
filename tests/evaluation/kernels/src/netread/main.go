// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=IO says=(?i)(deadline|timeout)
import (
	"bufio"
	"net"

	_ "example.com/shop/probe"
)

func readFrame(c net.Conn) ([]byte, error) {
	r := bufio.NewReader(c)
	return r.ReadBytes('\n') // <- here
}

func dialPeer(addr string) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return
	}
	go func() {
		readFrame(c)
		c.Close()
	}()
}

func main() {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	go func() {
		for i := 0; i < 150; i++ {
			dialPeer(l.Addr().String())
		}
	}()
	keep := []net.Conn{}
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		keep = append(keep, c)
	}
}
