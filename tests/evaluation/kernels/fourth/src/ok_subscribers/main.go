// SPDX-License-Identifier: Apache-2.0

// Command ok_subscribers streams events to twenty clients that stay, and others that leave soon.
//
// expect none
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"example.com/wharf/dock"
)

type events struct {
	mu   sync.Mutex
	subs map[chan string]bool
}

func (e *events) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := make(chan string, 4)
	e.mu.Lock()
	e.subs[c] = true
	e.mu.Unlock()
	defer func() {
		e.mu.Lock()
		delete(e.subs, c)
		e.mu.Unlock()
	}()
	for {
		select {
		case text := <-c:
			fmt.Fprintln(w, text)
			w.(http.Flusher).Flush()
		case <-r.Context().Done():
			return
		}
	}
}

func (e *events) publish() {
	for range time.Tick(7 * time.Second) {
		e.mu.Lock()
		for c := range e.subs {
			select {
			case c <- "event":
			default:
			}
		}
		e.mu.Unlock()
	}
}

func main() {
	e := &events{subs: map[chan string]bool{}}
	go e.publish()
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	go http.Serve(on, e)
	for i := 0; i < 20; i++ {
		go func() {
			reply, err := http.Get("http://" + on.Addr().String())
			if err == nil {
				io.Copy(io.Discard, reply.Body)
			}
		}()
	}
	http.Handle("/events", e)
	dock.Serve("/events")
}
