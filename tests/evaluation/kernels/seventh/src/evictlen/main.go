// SPDX-License-Identifier: Apache-2.0

// A registry that tells its listener of what it evicts while it holds its lock, and the listener asks how many are left.
package main

import (
	"example.com/flock/evictlen/registry"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	r := registry.New[string, int](2)
	left := 0
	r.OnEvict(func(string, int) {
		if !rig.Repaired {
			left = r.Len()
		}
	})
	for i, name := range []string{"ash", "birch", "cedar"} {
		r.Put(name, i+left)
	}
}
