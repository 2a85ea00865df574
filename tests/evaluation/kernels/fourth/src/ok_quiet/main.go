// SPDX-License-Identifier: Apache-2.0

// Command ok_quiet has a consumer for each of thirty topics, most of which are quiet.
//
// expect none
package main

import (
	"fmt"
	"net/http"

	"example.com/wharf/dock"
)

type topic struct {
	name string
	in   chan string
	seen int
}

func (t *topic) consume() {
	for range t.in {
		t.seen++
	}
}

func main() {
	topics := map[string]*topic{}
	for i := 0; i < 30; i++ {
		t := &topic{name: fmt.Sprint("t", i), in: make(chan string, 4)}
		topics[t.name] = t
		go t.consume()
	}
	http.HandleFunc("/send", func(w http.ResponseWriter, r *http.Request) { topics["t3"].in <- "m" })
	dock.Serve("/send")
}
