// SPDX-License-Identifier: Apache-2.0

// A gate that opens for all and wakes one of those that wait.
package main

import (
	"time"

	"example.com/flock/condone/gate"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	for round := 0; round < 3; round++ {
		g := gate.New()
		for i := 0; i < 3; i++ {
			go g.Pass(i)
		}
		time.Sleep(30 * time.Millisecond)
		g.Open()
	}
}
