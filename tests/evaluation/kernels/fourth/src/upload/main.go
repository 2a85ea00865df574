// SPDX-License-Identifier: Apache-2.0

// Command upload reports the error of a failed upload twice into a channel for one.
//
// expect class=goroutine,channel wait=chan.send says=(?i)(receiv|twice|double|buffer|send)
package main

import (
	"errors"
	"fmt"
	"net/http"

	"example.com/wharf/dock"
)

type upload struct{ size int }

func (u *upload) run(result chan<- error) {
	var err error
	if u.size > 3 {
		err = errors.New("too large")
		result <- err
		if dock.Repaired {
			return
		}
	}
	result <- err // <- here
}

func main() {
	http.HandleFunc("/upload", func(w http.ResponseWriter, r *http.Request) {
		u := &upload{size: 5}
		result := make(chan error)
		go u.run(result)
		fmt.Fprintln(w, <-result)
	})
	dock.Serve("/upload")
}
