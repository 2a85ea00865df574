// SPDX-License-Identifier: Apache-2.0

// Healthy: requests that wait up to half a minute for news.
package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type news struct{ updates chan string }

func (n *news) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	timer := time.NewTimer(15 * time.Second)
	defer timer.Stop()
	select {
	case update := <-n.updates:
		io.WriteString(w, update)
	case <-timer.C:
		w.WriteHeader(http.StatusNoContent)
	case <-r.Context().Done():
	}
}

func poll(url string) {
	client := &http.Client{Timeout: time.Minute}
	for {
		response, err := client.Get(url)
		if err != nil {
			return
		}
		io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
}

func scenario() {
	n := &news{make(chan string)}
	server := httptest.NewServer(n)
	for i := 0; i < 4; i++ {
		go poll(server.URL)
	}
	time.Sleep(20 * time.Millisecond)
}
