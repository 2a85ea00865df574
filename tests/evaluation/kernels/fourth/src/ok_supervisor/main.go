// SPDX-License-Identifier: Apache-2.0

// Command ok_supervisor supervises services with a group, a context and a wait for the end of each.
//
// expect none
package main

import (
	"context"
	"time"

	"example.com/wharf/dock"
	"go.example.org/tackle/group"
)

type service struct {
	name string
	beat time.Duration
}

func (s *service) run(ctx context.Context) error {
	t := time.NewTicker(s.beat)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			dock.Log(s.name)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func supervise(ctx context.Context, services ...*service) error {
	g := group.Limit(len(services))
	for _, s := range services {
		s := s
		g.Go(func() error { return s.run(ctx) })
	}
	return g.Wait()
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for i := 0; i < 5; i++ {
		go supervise(ctx, &service{"a", time.Minute}, &service{"b", 3 * time.Second}, &service{"c", time.Hour})
	}
	dock.Serve("/")
}
