// SPDX-License-Identifier: Apache-2.0

// Command acceptor listens anew each time its config is read, and keeps listening where it did before.
//
// expect class=goroutine wait=IO says=(?i)(listen|accept|close)
package main

import (
	"net"
	"net/http"
	"sync"

	"example.org/depot/port"
)

type frontend struct {
	mu sync.Mutex
	on net.Listener
}

func (f *frontend) accept(on net.Listener) {
	for {
		c, err := on.Accept() // <- here
		if err != nil {
			return
		}
		c.Close()
	}
}

func (f *frontend) reload(http.ResponseWriter, *http.Request) {
	on, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return
	}
	f.mu.Lock()
	f.on = on
	f.mu.Unlock()
	go f.accept(on)
}

func main() {
	f := &frontend{}
	http.HandleFunc("/-/reload", f.reload)
	port.Run("/-/reload")
}
