// SPDX-License-Identifier: Apache-2.0

// Command wgchan waits for its workers before it reads what they send.
package main

import (
	"sync"

	"example.com/reduced/rig"
)

func scrape(targets int) (total int) {
	sizes := make(chan int)
	if rig.Repaired {
		sizes = make(chan int, targets)
	}
	var wg sync.WaitGroup
	for i := 0; i < targets; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			sizes <- i // <- here
		}(i)
	}
	wg.Wait() // <- here
	close(sizes)
	for n := range sizes {
		total += n
	}
	return total
}

func scenario() {
	scrape(2)
}

func main() {
	rig.Run(scenario)
}
