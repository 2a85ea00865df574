// SPDX-License-Identifier: Apache-2.0

// Command buoy is configured without the channel on which it would be told to stop.
//
// expect class=channel,goroutine wait=(?i)nil.chan says=(?i)nil
package main

import "example.org/ferry/watch"

type options struct {
	Name string
	Stop chan struct{}
}

type buoy struct{ options }

func (b buoy) flash(n int) int { return n + 1 }

func (b buoy) run() {
	lit := b.flash(0)
	<-b.Stop // <- here
	_ = lit
}

func main() {
	for _, name := range []string{"red", "green"} {
		b := buoy{options{Name: name}}
		go b.run()
	}
	watch.Forever()
}
