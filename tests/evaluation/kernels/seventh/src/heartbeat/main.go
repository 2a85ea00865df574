// SPDX-License-Identifier: Apache-2.0

// A heartbeat for each connection that goes on when the connection is gone.
package main

import (
	"context"
	"time"

	"example.com/flock/heartbeat/peer"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	rig.Traffic(func(int) {
		ctx, cancel := context.WithCancel(context.Background())
		peer.Connect(ctx)
		time.Sleep(5 * time.Millisecond)
		cancel()
	})
}
