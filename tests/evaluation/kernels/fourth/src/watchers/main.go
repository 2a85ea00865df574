// SPDX-License-Identifier: Apache-2.0

// Command watchers looks after each session with a ticker, also when the session is over.
//
// expect class=goroutine,timer wait=(chan.receive|select) says=(?i)(stop|ticker|close|never comes)
package main

import (
	"net/http"
	"time"

	"example.com/wharf/dock"
)

type session struct {
	name string
	over chan struct{}
}

func (s *session) watch() {
	t := time.NewTicker(2 * time.Second)
	defer t.Stop()
	if dock.Repaired {
		for {
			select {
			case <-t.C:
				dock.Log(s.name)
			case <-s.over:
				return
			}
		}
	}
	for range t.C { // <- here
		dock.Log(s.name)
	}
}

func main() {
	http.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) {
		s := &session{name: "u", over: make(chan struct{})}
		go s.watch()
		time.Sleep(20 * time.Millisecond)
		close(s.over)
	})
	dock.Serve("/login")
}
