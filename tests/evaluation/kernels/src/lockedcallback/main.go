// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=Mutex says=(?i)(twice|itself|already holds|recurs|callback|double)
import (
	"sync"
	"time"

	_ "example.com/shop/probe"
)

type bus struct {
	mu sync.Mutex
	fs []func()
}

func (b *bus) on(f func()) {
	b.mu.Lock() // <- here
	b.fs = append(b.fs, f)
	b.mu.Unlock()
}

func (b *bus) fire() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.fs {
		f()
	}
}

func main() {
	b := &bus{}
	b.on(func() {
		b.on(func() {}) // <- here
	})
	go b.fire()
	time.Sleep(time.Hour)
}
