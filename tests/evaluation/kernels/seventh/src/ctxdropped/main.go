// SPDX-License-Identifier: Apache-2.0

// Sessions that wait for the end of a context which nobody cancels.
package main

import (
	"context"
	"time"

	"example.com/flock/ctxdropped/session"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	rig.Traffic(func(n int) {
		s := session.New(context.Background(), n)
		time.Sleep(5 * time.Millisecond)
		s.Close()
	})
}
