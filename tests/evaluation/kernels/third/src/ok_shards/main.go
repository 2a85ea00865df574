// SPDX-License-Identifier: Apache-2.0

// Command ok_shards compacts each of its thirty shards by a ticker of its own.
//
// expect none
package main

import (
	"sync"
	"time"

	"example.org/depot/port"
	"go.example.net/rack/until"
)

type shard struct {
	mu   sync.Mutex
	live map[int]int
}

func (s *shard) compact() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, v := range s.live {
		if v < 10 {
			delete(s.live, k)
		}
	}
}

type engine struct {
	shards [30]shard
	stop   chan struct{}
}

func (e *engine) start() {
	for i := range e.shards {
		go until.Stopped(e.stop, 4*time.Second, e.shards[i].compact)
	}
}

func main() {
	e := &engine{stop: make(chan struct{})}
	e.start()
	port.Run()
	close(e.stop)
}
