// SPDX-License-Identifier: Apache-2.0

// Command statusman keeps the state of pods; a listener asks for the state while it is told of a change.
//
// expect class=goroutine wait=Mutex says=(?i)(itself|twice|double|already|recurs)
package main

import (
	"net/http"

	"example.org/depot/port"
	"example.org/depot/statusman/pods"
)

type prober struct {
	pods  *pods.Manager
	ready map[string]bool
}

func (p *prober) Changed(id string) {
	p.ready[id] = p.pods.Phase(id) == "Running" // <- here
}

func main() {
	m := pods.New()
	m.Listen(&prober{pods: m, ready: map[string]bool{}})
	http.HandleFunc("/status", func(w http.ResponseWriter, r *http.Request) {
		m.Set(r.URL.Query().Get("pod"), "Running")
	})
	port.Run("/status?pod=web-1")
}
