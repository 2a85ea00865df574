// SPDX-License-Identifier: Apache-2.0

// A connection whose writer has ended with an error, and streams that still hand it frames.
package main

import (
	"time"

	"example.com/flock/framewriter/mux"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	c := mux.New(brokenPipe{})
	rig.Traffic(func(n int) {
		s := c.Stream(uint32(2*n + 1))
		go s.Write([]byte("data"))
		time.Sleep(5 * time.Millisecond)
	})
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, mux.ErrBroken }
