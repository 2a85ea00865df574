// SPDX-License-Identifier: Apache-2.0

// A queue that an init function uses before the variable has its value.
package main

import (
	"time"

	"example.com/flock/nilqueue/audit"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	audit.Open()
	audit.Log("opened")
	time.Sleep(20 * time.Millisecond)
}
