// SPDX-License-Identifier: Apache-2.0

// Command ok_fanout always has forty calls under way to backends that take nine seconds; it waits for all of them.
//
// expect none
package main

import (
	"context"
	"time"

	"example.org/depot/port"
	"go.example.net/rack/group"
)

type backend struct {
	lag time.Duration
}

func (b *backend) get(ctx context.Context) error {
	answer := make(chan int)
	time.AfterFunc(b.lag, func() { answer <- 1 })
	<-answer
	return ctx.Err()
}

type gatherer struct {
	backends []*backend
}

func (g *gatherer) gather(ctx context.Context) error {
	all, ctx := group.New(ctx)
	for _, b := range g.backends {
		b := b
		all.Go(func() error { return b.get(ctx) })
	}
	return all.Wait()
}

func main() {
	g := &gatherer{}
	for i := 0; i < 40; i++ {
		g.backends = append(g.backends, &backend{lag: 9 * time.Second})
	}
	go func() {
		for g.gather(context.Background()) == nil {
		}
	}()
	port.Run()
}
