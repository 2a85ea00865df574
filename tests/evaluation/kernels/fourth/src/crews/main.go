// SPDX-License-Identifier: Apache-2.0

// Command crews starts workers for each batch and lets them stand when the batch is done.
//
// expect class=goroutine,channel wait=(chan.receive|select) says=(?i)(close|stop|end|never comes)
package main

import (
	"net/http"
	"sync"
	"time"

	"example.com/wharf/dock"
)

type crew struct {
	jobs chan int
	done chan struct{}
	wg   sync.WaitGroup
}

func (c *crew) worker() {
	for {
		select { // <- here
		case <-c.jobs:
			time.Sleep(time.Millisecond)
			c.wg.Done()
		case <-c.done:
			return
		}
	}
}

func batch(n int) {
	c := &crew{jobs: make(chan int), done: make(chan struct{})}
	for i := 0; i < 4; i++ {
		go c.worker()
	}
	c.wg.Add(n)
	for i := 0; i < n; i++ {
		c.jobs <- i
	}
	c.wg.Wait()
	if dock.Repaired {
		close(c.done)
	}
}

func main() {
	http.HandleFunc("/batch", func(w http.ResponseWriter, r *http.Request) { batch(9) })
	dock.Serve("/batch")
}
