// SPDX-License-Identifier: Apache-2.0

// A scan that counts all shards in and leaves those out that are drained.
package main

import (
	"sync"

	"example.com/flock/rig"
	"example.com/flock/skipdone/shards"
)

func main() { rig.Run(scenario) }

func scenario() {
	list := []shards.Shard{{Name: "s1"}, {Name: "s2", Drained: true}, {Name: "s3"}}
	var total int
	rig.Traffic(func(int) {
		go func() {
			var mu sync.Mutex
			shards.Each(list, func(s shards.Shard) {
				mu.Lock()
				defer mu.Unlock()
				total += len(s.Name)
			})
		}()
	})
}
