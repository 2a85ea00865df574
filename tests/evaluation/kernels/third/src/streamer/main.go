// SPDX-License-Identifier: Apache-2.0

// Command streamer counts the lines of an upload in a goroutine of its own, and the upload ends without a close.
//
// expect class=goroutine,channel wait=chan.receive says=(?i)(close|range)
package main

import (
	"net/http"
	"strings"
	"sync/atomic"

	"example.org/depot/port"
)

type counter struct {
	lines int64
}

func (c *counter) consume(lines <-chan string) {
	for line := range lines { // <- here
		atomic.AddInt64(&c.lines, int64(len(line)))
	}
}

func (c *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	lines := make(chan string, 4)
	go c.consume(lines)
	for _, line := range strings.Split(r.URL.Query().Get("text"), ",") {
		lines <- line
	}
}

func main() {
	http.Handle("/upload", &counter{})
	port.Run("/upload?text=one,two,three")
}
