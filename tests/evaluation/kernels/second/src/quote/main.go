// SPDX-License-Identifier: Apache-2.0

// Command quote watches a context that ends with nothing: each request derives one and forgets to end it.
//
// expect class=goroutine,context wait=(chan.receive|select) says=(?i)(cancel|context)
package main

import (
	"context"
	"net"
	"net/http"
	"sync/atomic"

	"example.org/ferry/watch"
)

type trip struct{ users int32 }

var shared trip

func (t *trip) hold(ctx context.Context) {
	atomic.AddInt32(&t.users, 1)
	go func() {
		<-ctx.Done() // <- here
		atomic.AddInt32(&t.users, -1)
	}()
}

type service struct{ base context.Context }

func (s service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, _ := context.WithCancel(s.base)
	shared.hold(ctx)
	w.Write([]byte("42\n"))
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	base, stop := context.WithCancel(context.Background())
	defer stop()
	go http.Serve(on, service{base})
	for i := 0; i < 4; i++ {
		c := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		if r, err := c.Get("http://" + on.Addr().String()); err == nil {
			r.Body.Close()
		}
	}
	watch.Forever()
}
