// SPDX-License-Identifier: Apache-2.0

// A walk through directories in a group with a limit, each step of which starts the next in the same group.
package main

import (
	"time"

	"golang.org/x/sync/errgroup"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type tree struct {
	name     string
	children []tree
}

type walker struct{ group *errgroup.Group }

func (w *walker) visit(t tree) error {
	time.Sleep(5 * time.Millisecond)
	for _, child := range t.children {
		child := child
		if rig.Repaired {
			if err := w.visit(child); err != nil {
				return err
			}
			continue
		}
		w.group.Go(func() error { return w.visit(child) }) // <- here
	}
	return nil
}

func scenario() {
	leaf := tree{name: "leaf", children: []tree{{name: "bud"}}}
	w := &walker{group: new(errgroup.Group)}
	w.group.SetLimit(2)
	w.group.Go(func() error { return w.visit(tree{"a", []tree{leaf, leaf}}) })
	w.group.Go(func() error { return w.visit(tree{"b", []tree{leaf, leaf}}) })
	w.group.Wait()
}
