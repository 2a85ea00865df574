// SPDX-License-Identifier: Apache-2.0

// Command lookout asks for the weather, waits a moment, and goes without the answer.
//
// expect class=goroutine,channel wait=chan.send says=(?i)(timeout|receiv|buffer)
package main

import (
	"time"

	"example.org/ferry/watch"
)

type sight struct{ miles float64 }

func observe(every time.Duration) sight {
	time.Sleep(every)
	return sight{3.5}
}

func ask(patience time.Duration) (s sight, ok bool) {
	seen := make(chan sight)
	go func() {
		seen <- observe(4 * patience) // <- here
	}()
	select {
	case s = <-seen:
		return s, true
	case <-time.After(patience):
		return s, false
	}
}

func main() {
	ask(200 * time.Millisecond)
	watch.Forever()
}
