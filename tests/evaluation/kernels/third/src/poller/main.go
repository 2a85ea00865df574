// SPDX-License-Identifier: Apache-2.0

// Command poller opens a session for each client; nothing ends one.
//
// expect class=goroutine,timer wait=(select|chan.receive) says=(?i)(stop|end|exit|cancel|never)
package main

import (
	"net/http"
	"time"

	"example.org/depot/poller/session"
	"example.org/depot/port"
)

func hello(w http.ResponseWriter, r *http.Request) {
	s := session.Open(r.RemoteAddr)
	s.Seen <- time.Now()
}

func main() {
	http.HandleFunc("/hello", hello)
	port.Run("/hello")
}
