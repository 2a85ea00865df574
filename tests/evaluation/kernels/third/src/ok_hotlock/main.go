// SPDX-License-Identifier: Apache-2.0

// Command ok_hotlock has forty goroutines that all want one lock, each for a moment.
//
// expect none
package main

import (
	"sync"
	"time"

	"example.org/depot/port"
)

type allocator struct {
	mu   sync.Mutex
	next int
}

func (a *allocator) allocate() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	time.Sleep(2 * time.Millisecond)
	a.next++
	return a.next
}

func (a *allocator) client() {
	for {
		a.allocate()
		time.Sleep(10 * time.Millisecond)
	}
}

func main() {
	a := &allocator{}
	for i := 0; i < 40; i++ {
		go a.client()
	}
	port.Run()
}
