// SPDX-License-Identifier: Apache-2.0

// Command ok_actors is a tree of actors; each started those below it, and all of them wait for messages.
//
// expect none
package main

import (
	"time"

	"example.org/ferry/watch"
)

type actor struct {
	inbox    chan int
	children []*actor
}

func grow(depth int) *actor {
	a := &actor{inbox: make(chan int, 1)}
	go a.live(depth)
	return a
}

func (a *actor) live(depth int) {
	if depth > 0 {
		a.children = []*actor{grow(depth - 1), grow(depth - 1), grow(depth - 1)}
	}
	for m := range a.inbox {
		for _, c := range a.children {
			c.inbox <- m
		}
	}
}

func main() {
	root := grow(3)
	go func() {
		for i := 0; ; i++ {
			root.inbox <- i
			time.Sleep(10 * time.Second)
		}
	}()
	watch.Forever()
}
