// SPDX-License-Identifier: Apache-2.0

// Command ok_pool has sixty-four workers of a queue that is empty most of the time.
//
// expect none
package main

import (
	"net/http"
	"sync"

	"example.org/depot/port"
)

type queue struct {
	mu    sync.Mutex
	some  *sync.Cond
	items []string
}

func (q *queue) add(item string) {
	q.mu.Lock()
	q.items = append(q.items, item)
	q.mu.Unlock()
	q.some.Signal()
}

func (q *queue) get() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.some.Wait()
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item
}

func (q *queue) worker(jobs <-chan string) {
	for {
		select {
		case <-jobs:
		default:
			q.get()
		}
	}
}

func main() {
	q := &queue{}
	q.some = sync.NewCond(&q.mu)
	jobs := make(chan string)
	for i := 0; i < 64; i++ {
		go q.worker(jobs)
	}
	http.HandleFunc("/enqueue", func(http.ResponseWriter, *http.Request) { q.add("pod") })
	port.Run("/enqueue")
}
