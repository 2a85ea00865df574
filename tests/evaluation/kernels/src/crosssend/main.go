// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=chan.send says=(?i)(each other|receiv|ring)
import (
	"time"

	_ "example.com/shop/probe"
)

type node struct {
	in, out chan int
}

func (n *node) left() {
	n.out <- 1 // <- here
	<-n.in
}

func (n *node) right() {
	n.in <- 2 // <- here
	<-n.out
}

func main() {
	n := &node{in: make(chan int), out: make(chan int)}
	go n.left()
	go n.right()
	time.Sleep(time.Hour)
}
