// SPDX-License-Identifier: Apache-2.0

// Command onceflight loads a key once for all who ask; the loader waits for a row that nobody sends.
//
// expect class=goroutine,channel wait=(?i)(chan.receive|WaitGroup|semacquire) says=(?i)(send|close|never comes|WaitGroup|Done)
package main

import (
	"fmt"
	"net/http"

	"example.org/depot/port"
	"go.example.net/rack/flight"
)

type loader struct {
	flight flight.Group
	rows   map[string]chan string
}

func (l *loader) load(key string) (string, error) {
	return <-l.rows[key], nil // <- here
}

func (l *loader) get(key string) (string, error) {
	return l.flight.Do(key, func() (string, error) { // <- here
		return l.load(key)
	})
}

func main() {
	l := &loader{rows: map[string]chan string{"tenant": make(chan string)}}
	http.HandleFunc("/get", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, <-func() chan string {
			c := make(chan string, 1)
			v, _ := l.get("tenant")
			c <- v
			return c
		}())
	})
	port.Run("/get")
}
