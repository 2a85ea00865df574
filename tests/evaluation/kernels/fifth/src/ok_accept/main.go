// SPDX-License-Identifier: Apache-2.0

// Command ok_accept is a server that nobody calls.
package main

import (
	"net"
	"net/http"
	"time"

	"example.com/reduced/rig"
)

func scenario() {
	on, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return
	}
	go http.Serve(on, http.NotFoundHandler())
	time.Sleep(10 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
