// SPDX-License-Identifier: Apache-2.0

// Command cleanupstuck sends from a cleanup to somebody who has left.
//
// It needs go1.24 or newer.
package main

import (
	"runtime"
	"time"

	"example.com/bench/rig"
)

type file struct{ blocks [64]int }

func release(gone chan int) {
	gone <- 1 // <- here
}

func open(gone chan int) {
	f := &file{}
	runtime.AddCleanup(f, release, gone)
	f.blocks[0] = 1
}

func scenario() {
	gone := make(chan int)
	if rig.Repaired {
		gone = make(chan int, 8)
	}
	for i := 0; i < 3; i++ {
		open(gone)
	}
	for i := 0; i < 3; i++ {
		runtime.GC()
		time.Sleep(20 * time.Millisecond)
	}
}

func main() {
	rig.Run(scenario)
}
