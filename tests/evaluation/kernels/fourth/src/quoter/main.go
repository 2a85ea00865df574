// SPDX-License-Identifier: Apache-2.0

// Command quoter asks for a quote and gives up after some time, but who answers does not know that.
//
// expect class=goroutine,channel wait=chan.send says=(?i)(timeout|receiv|buffer)
package main

import (
	"fmt"
	"net/http"
	"time"

	"example.com/wharf/dock"
)

type quoter struct{ slow time.Duration }

func (q *quoter) lookup(reply chan<- int) {
	time.Sleep(q.slow)
	reply <- 42 // <- here
}

func (q *quoter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	size := 0
	if dock.Repaired {
		size = 1
	}
	reply := make(chan int, size)
	go q.lookup(reply)
	select {
	case n := <-reply:
		fmt.Fprintln(w, n)
	case <-time.After(20 * time.Millisecond):
		http.Error(w, "too slow", http.StatusGatewayTimeout)
	}
}

func main() {
	http.Handle("/quote", &quoter{slow: 60 * time.Millisecond})
	dock.Serve("/quote")
}
