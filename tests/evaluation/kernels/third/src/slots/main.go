// SPDX-License-Identifier: Apache-2.0

// Command slots takes a slot for each query and does not give it back when the query fails to parse.
//
// expect class=goroutine,channel wait=(chan.send|select) says=(?i)(receiv|release|slot|semaphore|buffer)
package main

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"example.org/depot/port"
	"go.example.net/rack/sema"
)

type engine struct {
	running *sema.Sema
}

func (e *engine) query(text string) (string, error) {
	e.running.Acquire() // <- here
	if !strings.HasPrefix(text, "SELECT") {
		return "", errors.New("syntax error")
	}
	defer e.running.Release()
	return "1 row", nil
}

func main() {
	e := &engine{running: sema.New(4)}
	http.HandleFunc("/query", func(w http.ResponseWriter, r *http.Request) {
		rows, err := e.query(r.URL.Query().Get("q"))
		fmt.Fprintln(w, rows, err)
	})
	port.Run("/query?q=SELECT", "/query?q=SELCET")
}
