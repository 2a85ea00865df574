// SPDX-License-Identifier: Apache-2.0

// Command ok_hostlimit has six clients of one host that may have two connections.
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
	}
}

func scenario() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(3 * time.Millisecond)
		w.Write([]byte("fine"))
	}))
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 2}}
	for i := 0; i < 6; i++ {
		go ask(client, server.URL)
	}
}

func main() {
	rig.Run(scenario)
}
