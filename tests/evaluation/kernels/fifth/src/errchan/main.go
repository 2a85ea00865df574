// SPDX-License-Identifier: Apache-2.0

// Command errchan returns on an error without a word on the channel that its starter reads.
package main

import "example.com/reduced/rig"

type transfer struct {
	done chan int
}

func (t *transfer) copy(n int) {
	if n > 10 {
		if rig.Repaired {
			close(t.done)
		}
		return
	}
	t.done <- n
}

func pull(layers int) int {
	t := &transfer{done: make(chan int)}
	go t.copy(layers)
	return <-t.done // <- here
}

func scenario() {
	pull(12)
}

func main() {
	rig.Run(scenario)
}
