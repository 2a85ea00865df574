// SPDX-License-Identifier: Apache-2.0

// Command ok_calls has calls under way to a server that takes its time; one reader hands out the answers.
//
// expect none
package main

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"sync"
	"time"

	"example.org/ferry/watch"
)

type client struct {
	conn net.Conn
	mu   sync.Mutex
	next int
	wait map[string]chan string
}

func (c *client) pump() {
	for s := bufio.NewScanner(c.conn); s.Scan(); {
		id := strings.Fields(s.Text())[0]
		c.mu.Lock()
		if w := c.wait[id]; w != nil {
			w <- s.Text()
			delete(c.wait, id)
		}
		c.mu.Unlock()
	}
}

func (c *client) call(text string) string {
	c.mu.Lock()
	c.next++
	id := fmt.Sprint(c.next)
	w := make(chan string, 1)
	c.wait[id] = w
	fmt.Fprintln(c.conn, id, text)
	c.mu.Unlock()
	return <-w
}

func slow(on net.Listener) {
	c, err := on.Accept()
	if err != nil {
		return
	}
	for s := bufio.NewScanner(c); s.Scan(); {
		line := s.Text()
		time.AfterFunc(6*time.Second, func() { fmt.Fprintln(c, line) })
	}
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	go slow(on)
	conn, _ := net.Dial("tcp", on.Addr().String())
	c := &client{conn: conn, wait: map[string]chan string{}}
	go c.pump()
	for i := 0; i < 7; i++ {
		go func() {
			for {
				c.call("where")
			}
		}()
	}
	watch.Forever()
}
