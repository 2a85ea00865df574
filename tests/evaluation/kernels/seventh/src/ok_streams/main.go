// SPDX-License-Identifier: Apache-2.0

// Healthy: streams that bring something every few seconds.
package main

import (
	"context"
	"time"

	"github.com/vexlane/strom"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type view struct{ updates int }

func (v *view) follow(stream *strom.Stream) {
	for {
		if _, err := stream.Recv(); err != nil {
			return
		}
		v.updates++
	}
}

func heartbeats(stream *strom.Stream) error {
	for {
		if err := stream.Send([]byte("beat")); err != nil {
			return err
		}
		time.Sleep(3 * time.Second)
	}
}

func scenario() {
	server := strom.NewServer(heartbeats)
	for i := 0; i < 6; i++ {
		stream := strom.Open(context.Background(), 8)
		server.Accept(stream)
		go new(view).follow(stream)
	}
	time.Sleep(20 * time.Millisecond)
}
