// SPDX-License-Identifier: Apache-2.0

// Command ok_cond has a queue with a condition for which ten consumers wait.
//
// expect none
package main

import (
	"net/http"
	"sync"

	"example.com/wharf/dock"
)

type queue struct {
	mu    sync.Mutex
	some  *sync.Cond
	items []int
}

func (q *queue) take() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.some.Wait()
	}
	n := q.items[0]
	q.items = q.items[1:]
	return n
}

func (q *queue) put(n int) {
	q.mu.Lock()
	q.items = append(q.items, n)
	q.mu.Unlock()
	q.some.Signal()
}

func main() {
	q := &queue{}
	q.some = sync.NewCond(&q.mu)
	for i := 0; i < 10; i++ {
		go func() {
			for {
				q.take()
			}
		}()
	}
	http.HandleFunc("/put", func(w http.ResponseWriter, r *http.Request) { q.put(1) })
	dock.Serve("/put")
}
