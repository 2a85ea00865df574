// SPDX-License-Identifier: Apache-2.0

// Command ok_rwbusy has twelve readers of a table and a writer who comes often.
package main

import (
	"sync"
	"time"

	"example.com/bench/rig"
)

type table struct {
	mu   sync.RWMutex
	rows map[int]int
}

func (t *table) read(key int) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	time.Sleep(2 * time.Millisecond)
	return t.rows[key]
}

func (t *table) write(key int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[key%10]++
	time.Sleep(time.Millisecond)
}

func scenario() {
	t := &table{rows: map[int]int{}}
	for i := 0; i < 12; i++ {
		i := i
		go func() {
			for {
				t.read(i)
			}
		}()
	}
	go func() {
		for i := 0; ; i++ {
			t.write(i)
			time.Sleep(time.Millisecond)
		}
	}()
}

func main() {
	rig.Run(scenario)
}
