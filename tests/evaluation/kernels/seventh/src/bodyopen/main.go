// SPDX-License-Identifier: Apache-2.0

// A poller that looks at the status of an answer and never closes its body.
package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"example.com/flock/bodyopen/poll"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte(strings.Repeat("all is well\n", 2000)))
	}))
	p := poll.New(server.URL)
	rig.Traffic(func(int) {
		p.IsWell()
		time.Sleep(5 * time.Millisecond)
	})
}
