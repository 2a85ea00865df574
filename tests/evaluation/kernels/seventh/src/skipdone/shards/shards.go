// SPDX-License-Identifier: Apache-2.0

// Package shards asks all shards at once.
package shards

import (
	"sync"

	"example.com/flock/rig"
)

// Shard is one of them.
type Shard struct {
	Name    string
	Drained bool
}

// Each calls f for each shard that is not drained.
func Each(list []Shard, f func(Shard)) {
	var wg sync.WaitGroup
	wg.Add(len(list))
	for _, shard := range list {
		if shard.Drained {
			if rig.Repaired {
				wg.Done()
			}
			continue
		}
		go func(s Shard) {
			defer wg.Done()
			f(s)
		}(shard)
	}
	wg.Wait() // <- here
}
