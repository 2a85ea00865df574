// SPDX-License-Identifier: Apache-2.0

// Command parked keeps a goroutine for a session by an empty select.
package main

import (
	"time"

	"example.com/reduced/rig"
)

type tunnel struct{ open bool }

func (t *tunnel) hold(quit chan struct{}) {
	t.open = true
	if rig.Repaired {
		<-quit
		return
	}
	select {} // <- here
}

func scenario() {
	quit := make(chan struct{})
	go (&tunnel{}).hold(quit)
	time.Sleep(10 * time.Millisecond)
	close(quit)
	time.Sleep(30 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
