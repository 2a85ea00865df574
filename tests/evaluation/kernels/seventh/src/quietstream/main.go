// SPDX-License-Identifier: Apache-2.0

// Subscriptions that receive from a stream whose context is nobody's.
package main

import (
	"context"
	"time"

	"github.com/vexlane/strom"

	"example.com/flock/quietstream/feed"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	server := strom.NewServer(func(s *strom.Stream) error { return s.Send([]byte("hello")) })
	rig.Traffic(func(n int) {
		ctx, cancel := context.WithCancel(context.Background())
		feed.Subscribe(ctx, server, func([]byte) {})
		time.Sleep(5 * time.Millisecond)
		cancel()
	})
}
