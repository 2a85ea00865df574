// SPDX-License-Identifier: Apache-2.0

// A timer's function that hands a change to a loop which has ended.
package main

import (
	"time"

	"example.com/flock/debounced/debounce"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	rig.Traffic(func(n int) {
		d := debounce.New(5 * time.Millisecond)
		d.Change(n)
		d.Close()
		time.Sleep(20 * time.Millisecond)
	})
}
