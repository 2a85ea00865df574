// SPDX-License-Identifier: Apache-2.0

// Handlers of streams that send to clients which receive no more.
package main

import (
	"context"
	"time"

	"github.com/vexlane/strom"

	"example.com/flock/fullwindow/prices"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	server := strom.NewServer(prices.Handle)
	rig.Traffic(func(n int) {
		stream := strom.Open(context.Background(), 2)
		server.Accept(stream)
		stream.Recv()
		if rig.Repaired {
			stream.Close()
		}
		time.Sleep(5 * time.Millisecond)
	})
}
