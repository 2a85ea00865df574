// SPDX-License-Identifier: Apache-2.0

// A cache that takes its write lock on a miss while it still has the read lock.
package main

import (
	"example.com/flock/rig"
	"example.com/flock/upgradelock/geo"
)

func main() { rig.Run(scenario) }

func scenario() {
	c := geo.NewCache(func(city string) (float64, float64) { return 1, 2 })
	c.Find("Oslo")
}
