// SPDX-License-Identifier: Apache-2.0

// Healthy: more work than slots, all of which come back.
package main

import (
	"context"
	"time"

	"golang.org/x/sync/semaphore"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	slots := semaphore.NewWeighted(2)
	rig.Traffic(func(int) {
		for i := 0; i < 6; i++ {
			go func() {
				ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
				defer cancel()
				if slots.Acquire(ctx, 1) == nil {
					defer slots.Release(1)
					time.Sleep(2 * time.Second)
				}
			}()
		}
		time.Sleep(time.Millisecond)
	})
}
