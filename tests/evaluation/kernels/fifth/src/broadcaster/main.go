// SPDX-License-Identifier: Apache-2.0

// Command broadcaster shuts down without a word to those that watch it.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

type broadcaster struct {
	mu       sync.Mutex
	watchers []chan string
}

func (b *broadcaster) Watch(seen func(string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := make(chan string, 1)
	b.watchers = append(b.watchers, c)
	go deliver(c, seen)
}

func deliver(c chan string, seen func(string)) {
	for {
		text, more := <-c // <- here
		if !more {
			return
		}
		seen(text)
	}
}

func (b *broadcaster) Shutdown() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if rig.Repaired {
		for _, c := range b.watchers {
			close(c)
		}
	}
	b.watchers = nil
}

func scenario() {
	b := &broadcaster{}
	b.Watch(func(string) {})
	b.Watch(func(string) {})
	b.Shutdown()
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
