// SPDX-License-Identifier: Apache-2.0

// Command stages reads the first three values of a pipeline and returns.
//
// expect class=goroutine,channel wait=chan.send says=(?i)(receiv|consumer|left|return)
package main

import (
	"fmt"
	"net/http"

	"example.org/depot/port"
	"example.org/depot/stages/pipe"
)

func head(w http.ResponseWriter, r *http.Request) {
	n := 0
	for v := range pipe.Parse(pipe.Lines(100)) {
		fmt.Fprintln(w, v)
		if n++; n == 3 {
			return
		}
	}
}

func main() {
	http.HandleFunc("/head", head)
	port.Run("/head")
}
