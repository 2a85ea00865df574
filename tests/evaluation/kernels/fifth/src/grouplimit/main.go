// SPDX-License-Identifier: Apache-2.0

// Command grouplimit starts a task from a task of a group with as many slots as tasks.
package main

import (
	"context"

	"example.com/reduced/rig"
	"golang.org/x/sync/errgroup"
)

func walk(g *errgroup.Group, depth int) error {
	if depth == 0 {
		return nil
	}
	if rig.Repaired {
		return walk(g, depth-1)
	}
	g.Go(func() error { // <- here
		return walk(g, depth-1)
	})
	return nil
}

func scenario() {
	g, _ := errgroup.WithContext(context.Background())
	g.SetLimit(1)
	g.Go(func() error {
		return walk(g, 2)
	})
	g.Wait()
}

func main() {
	rig.Run(scenario)
}
