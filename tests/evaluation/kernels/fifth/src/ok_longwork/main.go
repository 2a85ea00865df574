// SPDX-License-Identifier: Apache-2.0

// Command ok_longwork computes for a long time beside one that waits for its result.
package main

import (
	"time"

	"example.com/reduced/rig"
)

func grind(until time.Time, out chan<- int) {
	n := 1
	for time.Now().Before(until) {
		for i := 0; i < 1000; i++ {
			n = n*31 + i
		}
		time.Sleep(time.Microsecond)
	}
	out <- n
}

func scenario() {
	out := make(chan int, 1)
	go grind(time.Now().Add(230*time.Second), out)
	<-out
}

func main() {
	rig.Run(scenario)
}
