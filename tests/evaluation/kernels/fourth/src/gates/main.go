// SPDX-License-Identifier: Apache-2.0

// Command gates waits at a gate that was never made.
//
// expect class=channel,goroutine wait=(?i)nil.chan says=(?i)nil
package main

import (
	"net/http"

	"example.com/wharf/dock"
)

type gate struct {
	name string
	open chan struct{}
}

func newGate(name string) *gate {
	g := &gate{name: name}
	if dock.Repaired {
		g.open = make(chan struct{})
	}
	return g
}

func (g *gate) pass() {
	<-g.open // <- here
	dock.Log(g.name)
}

func main() {
	http.HandleFunc("/pass", func(w http.ResponseWriter, r *http.Request) {
		g := newGate("north")
		go g.pass()
		if dock.Repaired {
			close(g.open)
		}
	})
	dock.Serve("/pass")
}
