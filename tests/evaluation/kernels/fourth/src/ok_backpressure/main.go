// SPDX-License-Identifier: Apache-2.0

// Command ok_backpressure has producers that wait in a send while one consumer works through it all.
//
// expect none
package main

import (
	"time"

	"example.com/wharf/dock"
)

type intake struct {
	queue chan int
	done  int
}

func (i *intake) produce(n int) {
	for {
		i.queue <- n
		time.Sleep(10 * time.Millisecond)
	}
}

func (i *intake) consume() {
	for range i.queue {
		i.done++
		time.Sleep(5 * time.Millisecond)
	}
}

func main() {
	i := &intake{queue: make(chan int)}
	for n := 0; n < 8; n++ {
		go i.produce(n)
	}
	go i.consume()
	dock.Serve("/")
}
