// SPDX-License-Identifier: Apache-2.0

// Command ok_tls keeps idle connections with TLS to a server that closes them when they are idle for long.
package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"example.com/bench/rig"
)

func ask(client *http.Client, url string) {
	for {
		answer, err := client.Get(url)
		if err != nil {
			return
		}
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		time.Sleep(5 * time.Second)
	}
}

func scenario() {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	for i := 0; i < 3; i++ {
		transport := server.Client().Transport.(*http.Transport).Clone()
		go ask(&http.Client{Transport: transport}, server.URL)
	}
}

func main() {
	rig.Run(scenario)
}
