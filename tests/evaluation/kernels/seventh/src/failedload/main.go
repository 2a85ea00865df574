// SPDX-License-Identifier: Apache-2.0

// A cache whose first asker loads and whose others wait for it; it returns on an error and does not wake them.
package main

import (
	"errors"
	"time"

	"example.com/flock/failedload/cache"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	c := cache.New(func(key int) (string, error) {
		time.Sleep(10 * time.Millisecond)
		return "", errors.New("gone")
	})
	rig.Traffic(func(n int) {
		for i := 0; i < 3; i++ {
			go c.Get(n)
		}
		time.Sleep(20 * time.Millisecond)
	})
}
