// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"sync"
	"time"

	_ "example.com/shop/probe"
)

type batcher struct {
	mu   sync.Mutex
	rows [][]byte
	in   chan []byte
}

func (b *batcher) collect() {
	for r := range b.in {
		b.mu.Lock()
		b.rows = append(b.rows, r)
		b.mu.Unlock()
	}
}

func (b *batcher) flush() {
	for range time.Tick(3 * time.Second) {
		b.mu.Lock()
		b.rows = nil
		b.mu.Unlock()
	}
}

func main() {
	b := &batcher{in: make(chan []byte, 100)}
	go b.collect()
	go b.flush()
	for {
		b.in <- make([]byte, 2048)
		time.Sleep(2 * time.Millisecond)
	}
}
