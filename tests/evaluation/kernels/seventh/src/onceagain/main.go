// SPDX-License-Identifier: Apache-2.0

// A default client that is made once, with a logger that asks for the default client.
package main

import (
	"time"

	"example.com/flock/onceagain/defaults"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	ready := make(chan struct{})
	go func() {
		defer close(ready)
		defaults.Client()
	}()
	select {
	case <-ready:
	case <-time.After(100 * time.Millisecond):
	}
}
