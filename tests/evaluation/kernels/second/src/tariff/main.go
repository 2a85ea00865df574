// SPDX-License-Identifier: Apache-2.0

// Command tariff leaves with the write lock held when a reload fails; whoever asks for a price stands behind it.
//
// expect class=goroutine wait=RWMutex says=(?i)(unlock|holder|holds|lock held)
package main

import (
	"errors"
	"sync"
	"time"

	"example.org/ferry/watch"
)

type prices struct {
	mu    sync.RWMutex
	table map[string]int
}

func (p *prices) reload(text string) error {
	p.mu.Lock()
	if text == "" {
		return errors.New("empty table")
	}
	p.table = map[string]int{text: len(text)}
	p.mu.Unlock()
	return nil
}

func (p *prices) of(line string) int {
	p.mu.RLock() // <- here
	defer p.mu.RUnlock()
	return p.table[line]
}

func main() {
	p := &prices{table: map[string]int{}}
	_ = p.reload("north")
	_ = p.reload("")
	for _, line := range []string{"north", "south"} {
		go func(line string) {
			for {
				p.of(line)
				time.Sleep(time.Second)
			}
		}(line)
	}
	watch.Forever()
}
