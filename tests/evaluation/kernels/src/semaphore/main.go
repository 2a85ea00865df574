// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=(chan.send|select) says=(?i)(receiv|release|slot|semaphore|buffer)
import (
	"errors"
	"net"
	"net/http"

	_ "example.com/shop/probe"
)

type limiter chan struct{}

func (l limiter) acquire() { l <- struct{}{} } // <- here
func (l limiter) release() { <-l }

var errBad = errors.New("bad")

func process(l limiter, i int) error {
	l.acquire() // <- here
	if i%2 == 0 {
		return errBad
	}
	l.release()
	return nil
}

func main() {
	l := make(limiter, 4)
	for i := 0; i < 90; i++ {
		go process(l, i)
	}
	ln, _ := net.Listen("tcp", "127.0.0.1:0")
	http.Serve(ln, nil)
}
