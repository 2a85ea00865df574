// SPDX-License-Identifier: Apache-2.0

// A group whose members hand their results to somebody who begins to take them when the group has ended.
package main

import (
	"golang.org/x/sync/errgroup"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type chapter struct{ number, words int }

func count(numbers ...int) (words int) {
	results := make(chan chapter)
	if rig.Repaired {
		results = make(chan chapter, len(numbers))
	}
	var g errgroup.Group
	for _, n := range numbers {
		n := n
		g.Go(func() error {
			results <- chapter{n, n * 100} // <- here
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return 0
	}
	close(results)
	for c := range results {
		words += c.words
	}
	return words
}

func scenario() {
	count(1, 2, 3)
}
