// SPDX-License-Identifier: Apache-2.0

// Command limiter hands out tokens until its config is read again: the loop that made them ends and no other begins.
//
// expect class=goroutine,channel wait=chan.receive says=(?i)(send|close|never comes)
package main

import (
	"net/http"
	"time"

	"example.org/depot/port"
)

type limiter struct {
	tokens chan struct{}
	reload chan int
}

func (l *limiter) refill(rate int) {
	for {
		select {
		case l.tokens <- struct{}{}:
			time.Sleep(time.Second / time.Duration(rate))
		case rate = <-l.reload:
			if rate == 0 {
				return
			}
		}
	}
}

func (l *limiter) take() {
	<-l.tokens // <- here
}

func main() {
	l := &limiter{tokens: make(chan struct{}, 3), reload: make(chan int)}
	go l.refill(50)
	time.AfterFunc(3*time.Second, func() { l.reload <- 0 })
	http.HandleFunc("/search", func(http.ResponseWriter, *http.Request) { l.take() })
	port.Run("/search")
}
