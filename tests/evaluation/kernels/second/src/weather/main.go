// SPDX-License-Identifier: Apache-2.0

// Command weather reads from stations that accept and then say nothing, and sets no deadline.
//
// expect class=goroutine wait=IO says=(?i)(deadline|timeout)
package main

import (
	"bufio"
	"net"

	"example.org/ferry/watch"
)

func mute(on net.Listener) {
	var kept []net.Conn
	for {
		c, err := on.Accept()
		if err != nil {
			return
		}
		kept = append(kept, c)
	}
}

type station struct{ at string }

func (s station) report() (string, error) {
	c, err := net.Dial("tcp", s.at)
	if err != nil {
		return "", err
	}
	defer c.Close()
	return bufio.NewReader(c).ReadString('\n') // <- here
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	go mute(on)
	for i := 0; i < 3; i++ {
		go func() { go station{on.Addr().String()}.report() }()
	}
	watch.Forever()
}
