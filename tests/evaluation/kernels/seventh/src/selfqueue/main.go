// SPDX-License-Identifier: Apache-2.0

// A pool of workers whose tasks put further tasks into its own bounded queue.
package main

import (
	"time"

	"example.com/flock/rig"
	"example.com/flock/selfqueue/crawl"
)

func main() { rig.Run(scenario) }

var pool *crawl.Pool

func scenario() {
	pool = crawl.NewPool(3, 2)
	for i := 0; i < 4; i++ {
		go pool.Submit(crawl.Page{Depth: i % 2})
	}
	time.Sleep(100 * time.Millisecond)
}
