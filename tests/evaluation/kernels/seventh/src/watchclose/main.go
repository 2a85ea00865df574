// SPDX-License-Identifier: Apache-2.0

// A watcher of files that is closed while it gives an event to nobody.
package main

import (
	"time"

	"example.com/flock/rig"
	"example.com/flock/watchclose/fswatch"
)

func main() { rig.Run(scenario) }

func scenario() {
	w := fswatch.New()
	w.Touch("a.yaml")
	w.Touch("b.yaml")
	<-w.Events
	time.Sleep(20 * time.Millisecond)
	w.Close()
}
