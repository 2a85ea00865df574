// SPDX-License-Identifier: Apache-2.0

// Command exporter writes a table into a pipe whose reader stops at the first error.
//
// expect class=goroutine,channel wait=(select|chan.send) says=(?i)(pipe|reader|close|receiv)
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"example.com/wharf/dock"
)

type exporter struct{ rows int }

func (e *exporter) write(w *io.PipeWriter) {
	for i := 0; i < e.rows; i++ {
		if _, err := fmt.Fprintln(w, "row", i); err != nil { // <- here
			return
		}
	}
	w.Close()
}

func (e *exporter) send() error {
	r, w := io.Pipe()
	go e.write(w)
	if dock.Repaired {
		defer r.Close()
	}
	for in := bufio.NewScanner(r); in.Scan(); {
		if strings.HasSuffix(in.Text(), "7") {
			return errors.New("refused")
		}
	}
	return nil
}

func main() {
	http.HandleFunc("/export", func(w http.ResponseWriter, r *http.Request) {
		e := &exporter{rows: 12}
		fmt.Fprintln(w, e.send())
	})
	dock.Serve("/export")
}
