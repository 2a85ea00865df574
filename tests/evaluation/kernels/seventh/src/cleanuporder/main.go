// SPDX-License-Identifier: Apache-2.0

// A fixture whose cleanups run in the wrong order: the one that waits for the server before the one that stops it.
package main

import (
	"example.com/flock/cleanuporder/fixture"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	f := &fixture.Fixture{}
	f.StartServer()
	f.Close()
}
