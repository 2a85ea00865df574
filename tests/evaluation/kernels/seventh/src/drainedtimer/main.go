// SPDX-License-Identifier: Apache-2.0

// A timer that has fired and been read, is stopped, and then drained once more.
package main

import (
	"time"

	"example.com/flock/drainedtimer/deadline"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	d := deadline.New(5 * time.Millisecond)
	d.Wait()
	done := make(chan struct{})
	go func() {
		defer close(done)
		d.Extend(time.Second)
	}()
	select {
	case <-done:
	case <-time.After(100 * time.Millisecond):
	}
}
