// SPDX-License-Identifier: Apache-2.0

// Healthy: a pool of workers that are idle most of the time.
package main

import (
	"time"

	"example.com/flock/ok_workers/pool"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	p := pool.Start(6, func(n int) int { return n + 1 })
	rig.Traffic(func(n int) {
		p.Do(n)
		time.Sleep(time.Millisecond)
	})
}
