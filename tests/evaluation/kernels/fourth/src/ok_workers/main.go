// SPDX-License-Identifier: Apache-2.0

// Command ok_workers has sixty idle workers, and one that is busy now and then.
//
// expect none
package main

import (
	"net/http"
	"time"

	"example.com/wharf/dock"
)

type task struct{ done chan struct{} }

type pool struct{ tasks chan task }

func newPool(n int) *pool {
	p := &pool{tasks: make(chan task)}
	for i := 0; i < n; i++ {
		go p.work()
	}
	return p
}

func (p *pool) work() {
	for t := range p.tasks {
		time.Sleep(time.Millisecond)
		close(t.done)
	}
}

func main() {
	p := newPool(60)
	http.HandleFunc("/do", func(w http.ResponseWriter, r *http.Request) {
		t := task{make(chan struct{})}
		p.tasks <- t
		<-t.done
	})
	dock.Serve("/do")
}
