// SPDX-License-Identifier: Apache-2.0

// Command ok_longpoll lets sixty watchers wait for news, half a minute at most.
//
// expect none
package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"example.org/depot/port"
)

type feed struct {
	mu   sync.Mutex
	next chan struct{}
}

func (f *feed) wait(ctx context.Context) error {
	f.mu.Lock()
	next := f.next
	f.mu.Unlock()
	select {
	case <-next:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (f *feed) publish(http.ResponseWriter, *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.next)
	f.next = make(chan struct{})
}

func (f *feed) watch(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 30*time.Second)
	defer cancel()
	fmt.Fprintln(w, f.wait(ctx))
}

func watcher(url string) {
	for {
		if reply, err := http.Get(url); err == nil {
			reply.Body.Close()
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func main() {
	f := &feed{next: make(chan struct{})}
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	go http.Serve(on, http.HandlerFunc(f.watch))
	for i := 0; i < 60; i++ {
		go watcher("http://" + on.Addr().String())
	}
	http.HandleFunc("/publish", f.publish)
	port.Run("/publish")
}
