// SPDX-License-Identifier: Apache-2.0

// A snapshot of settings that takes the read lock again in a call while a reload waits to write.
package main

import (
	"sync"
	"time"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type settings struct {
	mu     sync.RWMutex
	values map[string]string
}

func (s *settings) lookup(name string) string {
	s.mu.RLock() // <- here
	defer s.mu.RUnlock()
	return s.values[name]
}

func (s *settings) render(names ...string) (text string) {
	if !rig.Repaired {
		s.mu.RLock()
		defer s.mu.RUnlock()
	}
	for _, name := range names {
		time.Sleep(40 * time.Millisecond)
		text += s.lookup(name)
	}
	return text
}

func (s *settings) reload(values map[string]string) {
	s.mu.Lock() // <- here
	defer s.mu.Unlock()
	s.values = values
}

func scenario() {
	s := &settings{values: map[string]string{"region": "north"}}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { defer wg.Done(); s.render("region", "zone") }()
	time.Sleep(20 * time.Millisecond)
	go func() { defer wg.Done(); s.reload(map[string]string{}) }()
	wg.Wait()
}
