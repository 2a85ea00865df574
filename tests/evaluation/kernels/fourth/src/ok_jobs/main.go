// SPDX-License-Identifier: Apache-2.0

// Command ok_jobs runs jobs of half a minute, one for each request, so that some are always under way.
//
// expect none
package main

import (
	"net/http"
	"time"

	"example.com/wharf/dock"
)

type job struct {
	left  int
	every time.Duration
}

func (j *job) run() {
	t := time.NewTicker(j.every)
	defer t.Stop()
	for j.left > 0 {
		<-t.C
		j.left--
	}
}

func main() {
	http.HandleFunc("/job", func(w http.ResponseWriter, r *http.Request) {
		j := &job{left: 30, every: time.Second}
		go j.run()
	})
	dock.Serve("/job")
}
