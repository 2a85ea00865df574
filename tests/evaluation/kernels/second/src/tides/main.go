// SPDX-License-Identifier: Apache-2.0

// Command tides computes a series as it is asked for; who asked stops after the first high water.
//
// expect class=goroutine,channel wait=chan.send says=(?i)(receiv|consumer|left|return)
package main

import (
	"math"

	"example.org/ferry/watch"
)

func series(step float64) <-chan float64 {
	out := make(chan float64)
	go func() {
		defer close(out)
		for h := 0.0; h < 1e6; h += step {
			out <- math.Sin(h) // <- here
		}
	}()
	return out
}

func firstHigh(limit float64) float64 {
	for v := range series(0.25) {
		if v > limit {
			return v
		}
	}
	return 0
}

func main() {
	firstHigh(0.9)
	firstHigh(0.5)
	watch.Forever()
}
