// SPDX-License-Identifier: Apache-2.0

// Command mirrors asks several mirrors at once and takes the first answer.
//
// expect class=goroutine,channel wait=chan.send says=(?i)(first|receiv|buffer)
package main

import (
	"fmt"
	"net/http"
	"time"

	"example.com/wharf/dock"
)

func askMirror(n int, answers chan<- int) {
	time.Sleep(time.Duration(1+3*n) * time.Millisecond)
	answers <- n // <- here
}

func fastest(mirrors int) int {
	size := 0
	if dock.Repaired {
		size = mirrors
	}
	answers := make(chan int, size)
	for i := 0; i < mirrors; i++ {
		go askMirror(i, answers)
	}
	return <-answers
}

func main() {
	http.HandleFunc("/file", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, fastest(3))
	})
	dock.Serve("/file")
}
