// SPDX-License-Identifier: Apache-2.0

// Command groupunderlock waits for a group under the lock that the group's tasks need.
package main

import (
	"sync"

	"example.com/bench/rig"
	"golang.org/x/sync/errgroup"
)

type cluster struct {
	mu     sync.Mutex
	states map[string]string
}

func (c *cluster) put(name, state string) {
	c.mu.Lock() // <- here
	defer c.mu.Unlock()
	c.states[name] = state
}

func (c *cluster) sync(names ...string) error {
	c.mu.Lock()
	if rig.Repaired {
		c.mu.Unlock()
	} else {
		defer c.mu.Unlock()
	}
	var g errgroup.Group
	for _, name := range names {
		name := name
		g.Go(func() error {
			c.put(name, "up")
			return nil
		})
	}
	return g.Wait() // <- here
}

func scenario() {
	c := &cluster{states: map[string]string{}}
	c.sync("a", "b", "c")
}

func main() {
	rig.Run(scenario)
}
