// SPDX-License-Identifier: Apache-2.0

// Command proposal waits for an answer no longer than its context, and the answer comes later.
package main

import (
	"context"
	"time"

	"example.com/reduced/rig"
)

type node struct {
	requests chan request
}

type request struct {
	index  int
	answer chan int
}

func (n *node) run() {
	for r := range n.requests {
		go n.apply(r)
	}
}

func (n *node) apply(r request) {
	time.Sleep(30 * time.Millisecond)
	r.answer <- r.index + 1 // <- here
}

func (n *node) propose(ctx context.Context, index int) error {
	r := request{index: index, answer: make(chan int)}
	if rig.Repaired {
		r.answer = make(chan int, 1)
	}
	n.requests <- r
	select {
	case <-r.answer:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func scenario() {
	n := &node{requests: make(chan request)}
	go n.run()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	n.propose(ctx, 4)
	close(n.requests)
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
