// SPDX-License-Identifier: Apache-2.0

// Handles of a device, each with a thread of its own that waits for commands and is not told to end.
package main

import (
	"time"

	"example.com/flock/devicethread/device"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	rig.Traffic(func(n int) {
		h := device.Open(n)
		h.Do(func() {})
		h.Close()
		time.Sleep(5 * time.Millisecond)
	})
}
