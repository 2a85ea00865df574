// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=RWMutex says=(?i)(RUnlock|unlock|holder|writer)
import (
	"sync"
	"time"

	_ "example.com/shop/probe"
)

type table struct {
	mu   sync.RWMutex
	rows []int
}

func (t *table) scan(stop bool) int {
	t.mu.RLock() // <- here
	n := 0
	for _, r := range t.rows {
		n += r
	}
	if stop {
		return n
	}
	t.mu.RUnlock()
	return n
}

func (t *table) insert(v int) {
	t.mu.Lock() // <- here
	defer t.mu.Unlock()
	t.rows = append(t.rows, v)
}

func main() {
	t := &table{}
	t.scan(true)
	go t.insert(1)
	time.Sleep(50 * time.Millisecond)
	for i := 0; i < 20; i++ {
		go t.scan(false)
	}
	time.Sleep(time.Hour)
}
