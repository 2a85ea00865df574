// SPDX-License-Identifier: Apache-2.0

// A request that asks three replicas and takes the first answer; the other two have nobody to give theirs to.
package main

import (
	"time"

	"example.com/flock/hedged/replicas"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	c := replicas.Dial("a:1", "b:1", "c:1")
	rig.Traffic(func(n int) {
		c.Get(n)
		time.Sleep(10 * time.Millisecond)
	})
}
