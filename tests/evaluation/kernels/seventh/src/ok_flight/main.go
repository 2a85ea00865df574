// SPDX-License-Identifier: Apache-2.0

// Healthy: many ask for what takes a few seconds, and one goes for all.
package main

import (
	"time"

	"golang.org/x/sync/singleflight"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	var flights singleflight.Group
	rig.Traffic(func(n int) {
		for i := 0; i < 3; i++ {
			go flights.Do("keys", func() (any, error) {
				time.Sleep(5 * time.Second)
				return n, nil
			})
		}
		time.Sleep(time.Millisecond)
	})
}
