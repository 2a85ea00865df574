// SPDX-License-Identifier: Apache-2.0

// Command batchfull fills a queue before it starts the one that empties it.
package main

import "example.com/reduced/rig"

type batch struct {
	entries chan int
}

func (b *batch) fill(n int) {
	for i := 0; i < n; i++ {
		b.entries <- i // <- here
	}
	close(b.entries)
}

func (b *batch) empty() {
	for range b.entries {
	}
}

func scenario() {
	b := &batch{entries: make(chan int, 4)}
	if rig.Repaired {
		go b.empty()
	}
	b.fill(6)
	b.empty()
}

func main() {
	rig.Run(scenario)
}
