// SPDX-License-Identifier: Apache-2.0

// Command deferloop locks the shard of each key until the function returns, and two keys have one shard.
package main

import (
	"sync"

	"example.com/bench/rig"
)

type shard struct {
	mu  sync.Mutex
	sum int
}

type accounts struct{ shards [4]shard }

func (a *accounts) settle(keys []int) {
	for _, key := range keys {
		s := &a.shards[key%len(a.shards)]
		s.mu.Lock() // <- here
		if rig.Repaired {
			s.sum += key
			s.mu.Unlock()
			continue
		}
		defer s.mu.Unlock()
		s.sum += key
	}
}

func scenario() {
	new(accounts).settle([]int{1, 2, 5})
}

func main() {
	rig.Run(scenario)
}
