// SPDX-License-Identifier: Apache-2.0

// Command ignorectx runs a group whose first error ends a context that its other task does not look at.
package main

import (
	"context"
	"errors"

	"example.com/bench/rig"
	"golang.org/x/sync/errgroup"
)

type loader struct{ rows chan int }

func (l *loader) drain(ctx context.Context) error {
	for {
		if rig.Repaired {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-l.rows:
			}
			continue
		}
		if _, ok := <-l.rows; !ok { // <- here
			return nil
		}
	}
}

func (l *loader) read() error {
	l.rows <- 1
	return errors.New("bad row")
}

func scenario() {
	l := &loader{rows: make(chan int)}
	g, ctx := errgroup.WithContext(context.Background())
	g.Go(l.read)
	g.Go(func() error { return l.drain(ctx) })
	g.Wait()
}

func main() {
	rig.Run(scenario)
}
