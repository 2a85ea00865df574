// SPDX-License-Identifier: Apache-2.0

// Command bodyleft looks at the status of an answer and leaves its body open.
package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"example.com/reduced/rig"
)

type api struct{ base string }

func (a api) healthy() bool {
	reply, err := http.Get(a.base)
	if err != nil {
		return false
	}
	if rig.Repaired {
		io.Copy(io.Discard, reply.Body)
		reply.Body.Close()
		http.DefaultClient.CloseIdleConnections()
	}
	return reply.StatusCode == http.StatusOK
}

func scenario() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Write(make([]byte, 1<<16))
	}))
	api{server.URL}.healthy()
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
