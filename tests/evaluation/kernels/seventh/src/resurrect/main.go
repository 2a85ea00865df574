// SPDX-License-Identifier: Apache-2.0

// Buffers whose finalizer gives them back to a list with room for one.
package main

import (
	"runtime"
	"time"

	"example.com/flock/resurrect/buffers"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	for i := 0; i < 8; i++ {
		buffers.New()
	}
	for i := 0; i < 3; i++ {
		runtime.GC()
		time.Sleep(20 * time.Millisecond)
	}
}
