// SPDX-License-Identifier: Apache-2.0

// An import with workers of its own for each file, whose queue nobody closes.
package main

import (
	"sync/atomic"
	"time"

	"example.com/flock/rangeopen/importer"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	var rows int64
	rig.Traffic(func(n int) {
		importer.File([]int{n, n + 1, n + 2}, func(int) { atomic.AddInt64(&rows, 1) })
		time.Sleep(5 * time.Millisecond)
	})
}
