// SPDX-License-Identifier: Apache-2.0

// Command crew makes a pool of workers for each request and waits for the work, not for the workers' end.
//
// expect class=goroutine,channel wait=chan.receive says=(?i)(close|stop)
package main

import (
	"fmt"
	"net/http"
	"sync/atomic"

	"example.org/depot/crew/work"
	"example.org/depot/port"
)

func thumbnails(w http.ResponseWriter, r *http.Request) {
	var made int64
	p := work.New(2)
	for i := 0; i < 6; i++ {
		p.Do(func() { atomic.AddInt64(&made, 1) })
	}
	p.Wait()
	fmt.Fprintln(w, made)
}

func main() {
	http.HandleFunc("/thumbnails", thumbnails)
	port.Run("/thumbnails")
}
