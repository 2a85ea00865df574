// SPDX-License-Identifier: Apache-2.0

// Command selectboth waits for one of two replies with no way out.
package main

import (
	"time"

	"example.com/reduced/rig"
)

type election struct {
	grants  chan int
	refuses chan int
}

func (e *election) await(votes int) int {
	for ; votes > 0; votes-- {
		select { // <- here
		case <-e.grants:
		case <-e.refuses:
			return 0
		}
	}
	return 1
}

func scenario() {
	e := &election{grants: make(chan int), refuses: make(chan int)}
	go e.await(2)
	e.grants <- 1
	if rig.Repaired {
		e.grants <- 2
	}
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
