// SPDX-License-Identifier: Apache-2.0

// Command readerchan streams with the table read-locked, and who feeds the stream is behind a writer who waits for that.
package main

import (
	"sync"
	"time"

	"example.com/bench/rig"
)

type table struct {
	mu   sync.RWMutex
	rows chan int
	cols int
}

func (t *table) stream() {
	t.mu.RLock()
	if rig.Repaired {
		t.mu.RUnlock()
	} else {
		defer t.mu.RUnlock()
	}
	for range t.rows { // <- here
	}
}

func (t *table) feed() {
	for i := 0; i < 4; i++ {
		t.mu.RLock() // <- here
		n := t.cols
		t.mu.RUnlock()
		t.rows <- n
		time.Sleep(10 * time.Millisecond)
	}
	close(t.rows)
}

func (t *table) alter() {
	t.mu.Lock()
	t.cols++
	t.mu.Unlock()
}

func scenario() {
	t := &table{rows: make(chan int)}
	go t.feed()
	go func() {
		time.Sleep(15 * time.Millisecond)
		t.alter()
	}()
	t.stream()
}

func main() {
	rig.Run(scenario)
}
