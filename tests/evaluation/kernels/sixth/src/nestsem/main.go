// SPDX-License-Identifier: Apache-2.0

// Command nestsem renders with a slot, and renders what is included with another one.
package main

import (
	"sync"
	"time"

	"example.com/bench/rig"
)

type limit chan struct{}

func (l limit) acquire() {
	l <- struct{}{} // <- here
}

func (l limit) release() {
	<-l
}

func render(l limit, depth int) {
	if !rig.Repaired || depth == 2 {
		l.acquire()
		defer l.release()
	}
	time.Sleep(10 * time.Millisecond)
	if depth > 0 {
		render(l, depth-1)
	}
}

func scenario() {
	l := make(limit, 2)
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			render(l, 2)
		}()
	}
	wg.Wait()
}

func main() {
	rig.Run(scenario)
}
