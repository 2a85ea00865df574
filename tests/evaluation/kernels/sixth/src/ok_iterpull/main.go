// SPDX-License-Identifier: Apache-2.0

// Command ok_iterpull pulls from three iterators at its leisure and stops each of them at its end.
//
// It needs go1.23 or newer.
package main

import (
	"iter"
	"time"

	"example.com/bench/rig"
)

func numbers(yield func(int) bool) {
	for i := 0; i < 40 && yield(i); i++ {
	}
}

func walk() {
	for {
		next, stop := iter.Pull(iter.Seq[int](numbers))
		for i := 0; i < 10; i++ {
			next()
			time.Sleep(2 * time.Millisecond)
		}
		stop()
	}
}

func scenario() {
	for i := 0; i < 3; i++ {
		go walk()
	}
}

func main() {
	rig.Run(scenario)
}
