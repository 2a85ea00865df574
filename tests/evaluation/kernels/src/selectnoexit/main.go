// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=select says=(?i)(select|exit|ctx|cancel|Done)
import (
	"net"
	"net/http"
	"time"

	_ "example.com/shop/probe"
)

type session struct {
	in  chan string
	ack chan int
}

func (s *session) pump() {
	for {
		select { // <- here
		case m := <-s.in:
			_ = m
		case n := <-s.ack:
			_ = n
		}
	}
}

func connect(id int) *session {
	s := &session{in: make(chan string), ack: make(chan int)}
	go s.pump()
	s.in <- "hello"
	return s
}

func main() {
	for i := 0; i < 200; i++ {
		connect(i)
	}
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	time.Sleep(time.Millisecond)
	http.Serve(l, nil)
}
