// SPDX-License-Identifier: Apache-2.0

// Command refinery has three stages, of which the last leaves at the first bad drop.
//
// expect class=goroutine,channel wait=chan.send says=(?i)(receiv|consumer|left|return|buffer)
package main

import (
	"net/http"

	"example.com/wharf/dock"
)

type drop struct {
	n  int
	ok bool
}

func pump(n int, stop <-chan struct{}) <-chan drop {
	out := make(chan drop)
	go func() {
		defer close(out)
		for i := 0; i < n; i++ {
			if dock.Repaired {
				select {
				case out <- drop{i, i != 4}:
				case <-stop:
					return
				}
				continue
			}
			out <- drop{i, i != 4} // <- here
		}
	}()
	return out
}

func filter(in <-chan drop, stop <-chan struct{}) <-chan drop {
	out := make(chan drop)
	go func() {
		defer close(out)
		for d := range in {
			if dock.Repaired {
				select {
				case out <- d:
				case <-stop:
					return
				}
				continue
			}
			out <- d // <- here
		}
	}()
	return out
}

func main() {
	http.HandleFunc("/refine", func(w http.ResponseWriter, r *http.Request) {
		stop := make(chan struct{})
		defer close(stop)
		for d := range filter(pump(20, stop), stop) {
			if !d.ok {
				return
			}
		}
	})
	dock.Serve("/refine")
}
