// SPDX-License-Identifier: Apache-2.0

// Command hostlimit may have one connection to its mirror, and leaves the first answer's body open.
package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"example.com/bench/rig"
)

type mirror struct {
	client *http.Client
	url    string
}

func (m *mirror) fetch() {
	answer, err := m.client.Get(m.url) // <- here
	if err != nil {
		return
	}
	if rig.Repaired {
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
}

func scenario() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write(make([]byte, 1<<20))
	}))
	m := &mirror{client: &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}}, url: server.URL}
	m.fetch()
	for i := 0; i < 4; i++ {
		go m.fetch()
	}
	time.Sleep(200 * time.Millisecond)
	if rig.Repaired {
		m.client.CloseIdleConnections()
		server.Close()
	}
}

func main() {
	rig.Run(scenario)
}
