// SPDX-License-Identifier: Apache-2.0

// An export written into a pipe whose reader has returned with an error.
package main

import (
	"time"

	"example.com/flock/pipenoreader/export"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	rig.Traffic(func(n int) {
		_ = export.Upload(map[string]int{"n": n})
		time.Sleep(5 * time.Millisecond)
	})
}
