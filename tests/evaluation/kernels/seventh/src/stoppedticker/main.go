// SPDX-License-Identifier: Apache-2.0

// A lease that is renewed at each tick until its ticker is stopped, which closes nothing.
package main

import (
	"time"

	"example.com/flock/rig"
	"example.com/flock/stoppedticker/lease"
)

func main() { rig.Run(scenario) }

func scenario() {
	rig.Traffic(func(n int) {
		l := lease.Grant(n)
		time.Sleep(15 * time.Millisecond)
		l.Revoke()
	})
}
