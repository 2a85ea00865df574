// SPDX-License-Identifier: Apache-2.0

// Command reminders waits for a day with time.After for each visitor, or for a channel that nobody closes.
//
// expect class=goroutine,timer wait=select says=(?i)(stop|end|exit|cancel|never|timer|close)
package main

import (
	"net/http"
	"time"

	"example.com/wharf/dock"
)

type visit struct {
	gone chan struct{}
	name string
}

func (v *visit) remind() {
	for {
		select { // <- here
		case <-time.After(24 * time.Hour):
			dock.Log(v.name)
		case <-v.gone:
			return
		}
	}
}

func main() {
	http.HandleFunc("/visit", func(w http.ResponseWriter, r *http.Request) {
		v := &visit{gone: make(chan struct{}), name: r.URL.Path}
		go v.remind()
		if dock.Repaired {
			close(v.gone)
		}
	})
	dock.Serve("/visit")
}
