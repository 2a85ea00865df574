// SPDX-License-Identifier: Apache-2.0

// A reporter for each component that looks at a flag nobody sets, between two sleeps.
package main

import (
	"time"

	"example.com/flock/rig"
	"example.com/flock/sleepyloop/report"
)

func main() { rig.Run(scenario) }

func scenario() {
	rig.Traffic(func(n int) {
		r := report.Start(func() int { return n })
		time.Sleep(5 * time.Millisecond)
		r.Stop()
	})
}
