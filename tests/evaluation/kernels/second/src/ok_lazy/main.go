// SPDX-License-Identifier: Apache-2.0

// Command ok_lazy starts its writer with the first request that needs one.
//
// expect none
package main

import (
	"net"
	"net/http"
	"sync"
	"time"

	"example.org/ferry/watch"
)

type audit struct {
	once  sync.Once
	lines chan string
	flush *time.Ticker
	kept  []string
}

func (a *audit) loop() {
	for {
		select {
		case l := <-a.lines:
			a.kept = append(a.kept, l)
		case <-a.flush.C:
			a.kept = a.kept[:0]
		}
	}
}

func (a *audit) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.once.Do(func() {
		a.lines = make(chan string, 4)
		a.flush = time.NewTicker(30 * time.Second)
		go a.loop()
	})
	a.lines <- r.URL.Path
}

func serve(on net.Listener, h http.Handler) {
	go func() {
		s := &http.Server{Handler: h}
		s.Serve(on)
	}()
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	go serve(on, new(audit))
	time.Sleep(100 * time.Millisecond)
	c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	if r, err := c.Get("http://" + on.Addr().String() + "/x"); err == nil {
		r.Body.Close()
	}
	watch.Forever()
}
