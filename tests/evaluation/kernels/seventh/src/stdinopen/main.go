// SPDX-License-Identifier: Apache-2.0

// A filter program that reads until its input ends, and a caller that does not end it.
package main

import (
	"time"

	"example.com/flock/rig"
	"example.com/flock/stdinopen/filter"
)

func main() { rig.Run(scenario) }

func scenario() {
	finished := make(chan string, 2)
	for _, text := range []string{"one\n", "two\n"} {
		go filter.Run("cat", text, finished)
	}
	time.Sleep(100 * time.Millisecond)
}
