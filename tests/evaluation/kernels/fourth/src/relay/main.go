// SPDX-License-Identifier: Apache-2.0

// Command relay opens a stream for each call and reads on after the caller has left.
//
// expect class=goroutine,channel,context wait=(select|chan.send|chan.receive) says=(?i)(cancel|end|stop|close|receiv|context)
package main

import (
	"context"
	"fmt"
	"net/http"

	"example.com/wharf/dock"
	"go.example.org/tackle/feed"
)

type relay struct{ ctx context.Context }

func (r *relay) forward(s *feed.Stream, to chan<- string) {
	for {
		m, err := s.Recv() // <- here
		if err != nil {
			close(to)
			return
		}
		to <- m // <- here
	}
}

func (r *relay) first() string {
	s := feed.Open(r.ctx)
	to := make(chan string, 1)
	go r.forward(s, to)
	go s.Push("hello")
	m := <-to
	if dock.Repaired {
		s.CloseSend()
	}
	return m
}

func main() {
	r := &relay{ctx: context.Background()}
	http.HandleFunc("/hello", func(w http.ResponseWriter, q *http.Request) { fmt.Fprintln(w, r.first()) })
	dock.Serve("/hello")
}
