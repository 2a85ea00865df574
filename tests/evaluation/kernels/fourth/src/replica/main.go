// SPDX-License-Identifier: Apache-2.0

// Command replica applies a log in a goroutine that waits at a condition for an index that a crashed writer will not reach.
//
// expect class=goroutine wait=(?i)cond says=(?i)(signal|broadcast|condition|Cond)
package main

import (
	"net/http"
	"sync"

	"example.com/wharf/dock"
)

type replica struct {
	mu      sync.Mutex
	grown   *sync.Cond
	applied int
	closed  bool
}

func (r *replica) until(index int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.applied < index && !r.closed {
		r.grown.Wait() // <- here
	}
}

func (r *replica) apply() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.applied++
	if r.applied == 3 && dock.Repaired {
		r.closed = true
	}
	r.grown.Broadcast()
}

func main() {
	http.HandleFunc("/read", func(w http.ResponseWriter, q *http.Request) {
		r := &replica{}
		r.grown = sync.NewCond(&r.mu)
		go r.until(5)
		for i := 0; i < 3; i++ {
			r.apply()
		}
	})
	dock.Serve("/read")
}
