// SPDX-License-Identifier: Apache-2.0

// Command stringer prints a node that it has locked, and a node locks itself to be printed.
package main

import (
	"fmt"
	"sync"

	"example.com/bench/rig"
)

type node struct {
	mu   sync.Mutex
	name string
}

func (n *node) String() string {
	n.mu.Lock() // <- here
	defer n.mu.Unlock()
	return n.name
}

func (n *node) rename(name string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if rig.Repaired {
		return fmt.Sprintf("%s is %s now", n.name, name)
	}
	was := fmt.Sprintf("%v is %s now", n, name)
	n.name = name
	return was
}

func scenario() {
	(&node{name: "db-1"}).rename("db-2")
}

func main() {
	rig.Run(scenario)
}
