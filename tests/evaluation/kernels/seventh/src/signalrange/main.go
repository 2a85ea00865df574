// SPDX-License-Identifier: Apache-2.0

// A handler of signals for each configuration that is loaded, which ends with nothing.
package main

import (
	"time"

	"example.com/flock/rig"
	"example.com/flock/signalrange/reload"
)

func main() { rig.Run(scenario) }

func scenario() {
	var last *reload.Watcher
	rig.Traffic(func(int) {
		if last != nil {
			last.Close()
		}
		last = reload.OnSignal(func() {})
		time.Sleep(5 * time.Millisecond)
	})
	last.Close()
}
