// SPDX-License-Identifier: Apache-2.0

// Command dialer waits until its connection is ready; the copy that it made of it has no channel to tell.
//
// expect class=channel,goroutine wait=(?i)nil.chan says=(?i)nil
package main

import (
	"net/http"

	"example.org/depot/port"
)

type transport struct {
	addr  string
	ready chan struct{}
}

func (t *transport) connect() {
	t.ready = make(chan struct{})
	close(t.ready)
}

func (t *transport) clone() *transport {
	return &transport{addr: t.addr}
}

func (t *transport) invoke(method string) {
	<-t.ready // <- here
}

func main() {
	base := &transport{addr: "10.0.0.7:443"}
	base.connect()
	http.HandleFunc("/call", func(w http.ResponseWriter, r *http.Request) {
		go base.clone().invoke("/depot.Store/Get")
		base.invoke("/depot.Store/Get")
	})
	port.Run("/call")
}
