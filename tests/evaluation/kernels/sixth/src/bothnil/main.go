// SPDX-License-Identifier: Apache-2.0

// Command bothnil takes a feed that ended out of its select, and goes on when none is left.
package main

import (
	"example.com/bench/rig"
)

func join(a, b <-chan int) (sum int) {
	for {
		if rig.Repaired && a == nil && b == nil {
			return sum
		}
		select { // <- here
		case v, ok := <-a:
			if !ok {
				a = nil
			}
			sum += v
		case v, ok := <-b:
			if !ok {
				b = nil
			}
			sum += v
		}
	}
}

func scenario() {
	a, b := make(chan int), make(chan int)
	close(a)
	close(b)
	join(a, b)
}

func main() {
	rig.Run(scenario)
}
