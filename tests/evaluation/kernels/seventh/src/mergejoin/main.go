// SPDX-License-Identifier: Apache-2.0

// Two sequences that are read side by side until the shorter one ends; the other is not stopped.
// It needs go1.23.
package main

import (
	"time"

	"example.com/flock/mergejoin/join"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	rig.Traffic(func(n int) {
		long, short := join.Table{Rows: 50}, join.Table{Rows: 3}
		join.Count(long.All, short.All)
		time.Sleep(5 * time.Millisecond)
	})
}
