// SPDX-License-Identifier: Apache-2.0

// Command mergeclose merges three feeds, and whoever reads the result leaves at the first bad one.
package main

import (
	"sync"
	"time"

	"example.com/bench/rig"
)

func merge(feeds ...<-chan int) <-chan int {
	out := make(chan int)
	if rig.Repaired {
		out = make(chan int, 100)
	}
	var wg sync.WaitGroup
	for _, feed := range feeds {
		feed := feed
		wg.Add(1)
		go func() {
			defer wg.Done()
			for v := range feed {
				out <- v // <- here
			}
		}()
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

func feed(n int) <-chan int {
	c := make(chan int, n)
	for i := 0; i < n; i++ {
		c <- i - 1
	}
	close(c)
	return c
}

func scenario() {
	for v := range merge(feed(3), feed(3), feed(3)) {
		if v < 0 {
			break
		}
	}
	time.Sleep(20 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
