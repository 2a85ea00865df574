// SPDX-License-Identifier: Apache-2.0

// Command goexitmain ends its main goroutine where a check fails, and leaves a server of requests that nobody sends.
package main

import (
	"runtime"

	"example.com/bench/rig"
)

type server struct{ requests chan string }

func (s *server) serve() {
	for r := range s.requests { // <- here
		_ = r
	}
}

func scenario() {
	s := &server{requests: make(chan string)}
	go s.serve()
	s.requests <- "hello"
	if rig.Repaired {
		close(s.requests)
		return
	}
	runtime.Goexit()
}

func main() {
	rig.Run(scenario)
}
