// SPDX-License-Identifier: Apache-2.0

// Package feed hands on what a stream brings.
package feed

import (
	"context"

	"github.com/vexlane/strom"

	"example.com/flock/rig"
)

type subscription struct {
	stream *strom.Stream
	handle func([]byte)
}

// Subscribe calls for each message.
func Subscribe(ctx context.Context, server *strom.Server, handle func([]byte)) {
	if !rig.Repaired {
		ctx = context.Background()
	}
	s := &subscription{strom.Open(ctx, 4), handle}
	server.Accept(s.stream)
	go s.pump()
}

func (s *subscription) pump() {
	for {
		message, err := s.stream.Recv() // <- here
		if err != nil {
			return
		}
		s.handle(message)
	}
}
