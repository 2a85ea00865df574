// SPDX-License-Identifier: Apache-2.0

// Command lookups shares one lookup among all who ask, and the lookup waits for an answer that does not come.
//
// expect class=goroutine,channel wait=(?i)(chan.receive|WaitGroup|semacquire) says=(?i)(send|close|never comes|WaitGroup|Done|flight)
package main

import (
	"fmt"
	"net/http"
	"time"

	"example.com/wharf/dock"
	"go.example.org/tackle/flight"
)

type directory struct {
	flights flight.Flights
	answers chan string
}

func (d *directory) find(name string) string {
	return d.flights.Do(name, func() string { // <- here
		if dock.Repaired {
			select {
			case a := <-d.answers:
				return a
			case <-time.After(time.Second):
				return ""
			}
		}
		return <-d.answers // <- here
	})
}

func main() {
	d := &directory{answers: make(chan string)}
	http.HandleFunc("/find", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, d.find("x")) })
	dock.Serve("/find")
}
