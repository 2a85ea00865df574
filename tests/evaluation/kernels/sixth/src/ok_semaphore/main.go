// SPDX-License-Identifier: Apache-2.0

// Command ok_semaphore has eight tasks for a weight of four, and each gives its weight back.
package main

import (
	"context"
	"time"

	"example.com/bench/rig"
	"golang.org/x/sync/semaphore"
)

func task(room *semaphore.Weighted, weight int64) {
	for {
		if err := room.Acquire(context.Background(), weight); err != nil {
			return
		}
		time.Sleep(2 * time.Millisecond)
		room.Release(weight)
	}
}

func scenario() {
	room := semaphore.NewWeighted(4)
	for i := int64(0); i < 8; i++ {
		go task(room, i%3+1)
	}
}

func main() {
	rig.Run(scenario)
}
