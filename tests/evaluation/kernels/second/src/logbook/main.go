// SPDX-License-Identifier: Apache-2.0

// Command logbook writes a line a minute for each voyage, also after the voyage.
//
// expect class=goroutine,timer wait=chan.receive says=(?i)(stop|ticker|close|never comes)
package main

import (
	"time"

	"example.org/ferry/watch"
)

type voyage struct {
	lines int
	tick  *time.Ticker
}

func (v *voyage) keep() {
	for range v.tick.C { // <- here
		v.lines++
	}
}

func sail(hours int) {
	v := &voyage{tick: time.NewTicker(time.Minute)}
	defer v.tick.Stop()
	go v.keep()
	v.lines += hours
}

func main() {
	ended := make(chan int)
	for i := 1; i <= 2; i++ {
		go func(i int) { sail(i); ended <- i }(i)
	}
	<-ended
	<-ended
	watch.Forever()
}
