// SPDX-License-Identifier: Apache-2.0

// Command offspring waits for the end of a context that has none.
//
// expect class=channel,goroutine,context wait=(?i)(nil.chan|chan.receive) says=(?i)(nil|cancel|context)
package main

import (
	"context"
	"net/http"

	"example.com/wharf/dock"
)

type task struct {
	ctx  context.Context
	name string
}

func (t *task) cleanup() {
	<-t.ctx.Done() // <- here
	dock.Log(t.name)
}

func main() {
	http.HandleFunc("/task", func(w http.ResponseWriter, r *http.Request) {
		t := &task{ctx: context.Background(), name: "t"}
		if dock.Repaired {
			t.ctx = r.Context()
		}
		go t.cleanup()
	})
	dock.Serve("/task")
}
