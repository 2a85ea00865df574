// SPDX-License-Identifier: Apache-2.0

// Command ready tells that it is ready only if somebody listens at that moment.
//
// expect class=goroutine,channel wait=chan.receive says=(?i)(send|close|never comes|signal)
package main

import (
	"net/http"

	"example.com/wharf/dock"
)

type unit struct{ ready chan struct{} }

func (u *unit) start() {
	if dock.Repaired {
		close(u.ready)
		return
	}
	select {
	case u.ready <- struct{}{}:
	default:
	}
}

func (u *unit) await() {
	<-u.ready // <- here
	dock.Log("ready")
}

func main() {
	http.HandleFunc("/unit", func(w http.ResponseWriter, r *http.Request) {
		u := &unit{ready: make(chan struct{})}
		u.start()
		go u.await()
	})
	dock.Serve("/unit")
}
