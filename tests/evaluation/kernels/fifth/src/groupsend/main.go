// SPDX-License-Identifier: Apache-2.0

// Command groupsend has a group whose tasks send what is read after the group.
package main

import (
	"example.com/reduced/rig"
	"golang.org/x/sync/errgroup"
)

func versions(names []string) ([]int, error) {
	found := make(chan int)
	if rig.Repaired {
		found = make(chan int, len(names))
	}
	g := &errgroup.Group{}
	for _, name := range names {
		name := name
		g.Go(func() error {
			found <- len(name) // <- here
			return nil
		})
	}
	if err := g.Wait(); err != nil { // <- here
		return nil, err
	}
	close(found)
	var all []int
	for v := range found {
		all = append(all, v)
	}
	return all, nil
}

func scenario() {
	versions([]string{"core", "edge"})
}

func main() {
	rig.Run(scenario)
}
