// SPDX-License-Identifier: Apache-2.0

// Command parcels hands the parcels of a request to a sorter and never says that there are no more.
//
// expect class=goroutine,channel wait=chan.receive says=(?i)(close|stop)
package main

import (
	"net/http"

	"example.com/wharf/dock"
)

type sorter struct {
	in     chan string
	sorted int
}

func (s *sorter) run() {
	for range s.in { // <- here
		s.sorted++
	}
}

func sortAll(names []string) {
	s := &sorter{in: make(chan string)}
	if dock.Repaired {
		defer close(s.in)
	}
	go s.run()
	for _, name := range names {
		s.in <- name
	}
}

func main() {
	http.HandleFunc("/sort", func(w http.ResponseWriter, r *http.Request) {
		sortAll([]string{"b", "a"})
	})
	dock.Serve("/sort")
}
