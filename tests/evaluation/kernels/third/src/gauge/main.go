// SPDX-License-Identifier: Apache-2.0

// Command gauge samples each queue that was ever created, also when the queue is long gone.
//
// expect class=goroutine,timer wait=(chan.receive|select) says=(?i)(stop|ticker|close|never comes)
package main

import (
	"net/http"
	"sync/atomic"
	"time"

	"example.org/depot/port"
)

type queue struct {
	depth, high int64
}

func (q *queue) sample(every time.Duration) {
	ticker := time.NewTicker(every)
	for range ticker.C { // <- here
		if d := atomic.LoadInt64(&q.depth); d > q.high {
			q.high = d
		}
	}
}

func create(http.ResponseWriter, *http.Request) {
	q := &queue{}
	go q.sample(3 * time.Second)
	atomic.AddInt64(&q.depth, 1)
}

func main() {
	http.HandleFunc("/queues", create)
	port.Run("/queues")
}
