// SPDX-License-Identifier: Apache-2.0

// Command dispatch gives each order a courier that takes work and ticks, and does not look at the order's context.
//
// expect class=goroutine,context wait=select says=(?i)(cancel|context|Done|stop|never)
package main

import (
	"context"
	"time"

	"example.org/ferry/watch"
)

type courier struct {
	work chan func()
	beat *time.Ticker
	done int
}

func (c *courier) ride(ctx context.Context) {
	for {
		select { // <- here
		case f := <-c.work:
			f()
		case <-c.beat.C:
			c.done++
		}
	}
}

func order(parent context.Context) {
	ctx, cancel := context.WithTimeout(parent, 50*time.Millisecond)
	defer cancel()
	c := &courier{work: make(chan func()), beat: time.NewTicker(time.Minute)}
	go c.ride(ctx)
	c.work <- func() {}
	<-ctx.Done()
}

func main() {
	served := make(chan bool)
	for i := 0; i < 4; i++ {
		go func() { order(context.Background()); served <- true }()
	}
	for i := 0; i < 4; i++ {
		<-served
	}
	watch.Forever()
}
