// SPDX-License-Identifier: Apache-2.0

// Command weather looks at the status of an answer and leaves its body open.
//
// expect class=goroutine wait=(IO|select) says=(?i)(body|close)
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"example.com/wharf/dock"
)

func report(w http.ResponseWriter, r *http.Request) {
	text := strings.Repeat("rain ", 2000)
	for i := 0; i < 500; i++ {
		if _, err := io.WriteString(w, text); err != nil {
			return
		}
	}
}

type station struct {
	client *http.Client
	url    string
}

func (s *station) isUp() bool {
	reply, err := s.client.Get(s.url) // <- here
	if err != nil {
		return false
	}
	if dock.Repaired {
		defer reply.Body.Close()
	}
	return reply.StatusCode == http.StatusOK
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	go http.Serve(on, http.HandlerFunc(report))
	s := &station{client: &http.Client{}, url: "http://" + on.Addr().String() + "/now"}
	http.HandleFunc("/up", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, s.isUp()) })
	dock.Serve("/up")
}
