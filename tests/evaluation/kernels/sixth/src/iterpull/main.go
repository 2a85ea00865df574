// SPDX-License-Identifier: Apache-2.0

// Command iterpull takes the first line of each document and does not stop the iterator.
//
// It needs go1.23 or newer.
package main

import (
	"iter"

	"example.com/bench/rig"
)

func lines(n int) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i := 0; i < n; i++ {
			if !yield("line") { // <- here
				return
			}
		}
	}
}

func first() string {
	next, stop := iter.Pull(iter.Seq[string](lines(3)))
	if rig.Repaired {
		defer stop()
	}
	held = append(held, next)
	line, _ := next()
	return line
}

var held []func() (string, bool)

func scenario() {
	for i := 0; i < 5; i++ {
		first()
	}
}

func main() {
	rig.Run(scenario)
}
