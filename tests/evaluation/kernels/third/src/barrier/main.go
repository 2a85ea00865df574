// SPDX-License-Identifier: Apache-2.0

// Command barrier wakes one of those who wait for a rollout where it ought to wake all of them.
//
// expect class=goroutine wait=(?i)cond says=(?i)(signal|broadcast|condition|Cond)
package main

import (
	"net/http"
	"sync"
	"time"

	"example.org/depot/port"
)

type rollout struct {
	mu    sync.Mutex
	done  *sync.Cond
	ready bool
}

func newRollout() *rollout {
	r := &rollout{}
	r.done = sync.NewCond(&r.mu)
	return r
}

func (r *rollout) wait() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for !r.ready {
		r.done.Wait() // <- here
	}
}

func (r *rollout) finish() {
	r.mu.Lock()
	r.ready = true
	r.mu.Unlock()
	r.done.Signal()
}

func deploy(http.ResponseWriter, *http.Request) {
	r := newRollout()
	for node := 0; node < 3; node++ {
		go r.wait()
	}
	time.Sleep(20 * time.Millisecond)
	r.finish()
}

func main() {
	http.HandleFunc("/deploy", deploy)
	port.Run("/deploy")
}
