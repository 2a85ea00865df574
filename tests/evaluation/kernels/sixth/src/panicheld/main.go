// SPDX-License-Identifier: Apache-2.0

// Command panicheld recovers from panics in its handlers, one of which held the lock at that time.
package main

import (
	"sync"

	"example.com/bench/rig"
)

type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

func (t *tally) count(name string) {
	t.mu.Lock() // <- here
	if rig.Repaired {
		defer t.mu.Unlock()
		t.counts[name] = 1
		return
	}
	t.counts[name]++
	t.mu.Unlock()
}

func recovered(f func()) {
	defer func() { _ = recover() }()
	f()
}

func scenario() {
	t := &tally{}
	recovered(func() { t.count("first") })
	t.counts = map[string]int{}
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			recovered(func() { t.count("next") })
		}()
	}
	wg.Wait()
}

func main() {
	rig.Run(scenario)
}
