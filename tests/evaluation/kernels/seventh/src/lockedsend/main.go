// SPDX-License-Identifier: Apache-2.0

// A container's monitor that sends its state under its lock to somebody who needs that lock first.
package main

import (
	"time"

	"example.com/flock/lockedsend/monitor"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	m := monitor.New()
	go m.Watch()
	time.Sleep(20 * time.Millisecond)
	go m.Exit(137)
	time.Sleep(50 * time.Millisecond)
}
