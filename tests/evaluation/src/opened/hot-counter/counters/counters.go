// SPDX-License-Identifier: Apache-2.0

// Package counters counts everything in one place.
package counters

import (
	"runtime"
	"sync"
	"time"

	"example.org/meadow/internal/broker"
)

type board struct {
	mu     sync.RWMutex
	node   *broker.Node
	counts map[int]int64
	shards [64]map[int]int64
	locks  [64]sync.Mutex
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	b := &board{node: node, counts: make(map[int]int64)}
	for i := range b.shards {
		b.shards[i] = make(map[int]int64)
	}
	runtime.SetMutexProfileFraction(1)
	runtime.SetBlockProfileRate(10000)
	return broker.Work{Tick: func(n int) {
		var all sync.WaitGroup
		for i := 0; i < n/3; i++ {
			all.Add(1)
			go func(what int) {
				b.count(what)
				all.Done()
			}(i)
		}
		all.Wait()
	}}
}

func (b *board) count(what int) {
	if b.node.Fixed {
		b.locks[what%64].Lock()
		b.shards[what%64][what]++
		b.locks[what%64].Unlock()
		return
	}
	b.mu.Lock() // @leak
	b.counts[what]++
	time.Sleep(200 * time.Microsecond)
	b.mu.Unlock() // @also
}
