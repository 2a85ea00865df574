// SPDX-License-Identifier: Apache-2.0

// Command relist replaces a store's items and resyncs under the lock that it already holds.
package main

import (
	"sync"

	"example.com/reduced/rig"
)

type store struct {
	mu    sync.Mutex
	items map[string]int
}

func (s *store) Replace(items map[string]int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items = items
	if rig.Repaired {
		s.resyncLocked()
		return
	}
	s.Resync()
}

func (s *store) Resync() {
	s.mu.Lock() // <- here
	defer s.mu.Unlock()
	s.resyncLocked()
}

func (s *store) resyncLocked() {
	for name := range s.items {
		s.items[name]++
	}
}

func scenario() {
	s := &store{}
	s.Replace(map[string]int{"pods": 1})
}

func main() {
	rig.Run(scenario)
}
