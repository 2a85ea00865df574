// SPDX-License-Identifier: Apache-2.0

// Command ok_idleconn has read an answer to its end and keeps the connection for the next request.
package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"example.com/reduced/rig"
)

func scenario() {
	server := httptest.NewServer(http.NotFoundHandler())
	reply, err := http.Get(server.URL)
	if err != nil {
		return
	}
	io.Copy(io.Discard, reply.Body)
	reply.Body.Close()
	time.Sleep(10 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
