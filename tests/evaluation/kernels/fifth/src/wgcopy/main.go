// SPDX-License-Identifier: Apache-2.0

// Command wgcopy hands its group over by value, so that Done is said of a copy.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

func sync1(wg sync.WaitGroup) {
	defer wg.Done()
	time.Sleep(time.Millisecond)
}

func sync2(wg *sync.WaitGroup) {
	defer wg.Done()
	time.Sleep(time.Millisecond)
}

func syncAll(n int) {
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Add(1)
		if rig.Repaired {
			go sync2(&wg)
		} else {
			go sync1(wg)
		}
	}
	wg.Wait() // <- here
}

func scenario() {
	syncAll(2)
}

func main() {
	rig.Run(scenario)
}
