// SPDX-License-Identifier: Apache-2.0
package main

import (
	"runtime"
	"sync"
	"time"

	"example.net/quay/kit"
)

type table struct {
	mu     sync.Mutex
	prices map[int]int
	strict bool
}

func (t *table) quote(i int) int {
	t.mu.Lock()         // @leak
	defer t.mu.Unlock() // @also
	if !t.strict {
		time.Sleep(6 * time.Millisecond) // asks the exchange with the lock in hand
	}
	return t.prices[i%100]
} // @also

func main() {
	runtime.SetMutexProfileFraction(5)
	runtime.SetBlockProfileRate(10000)
	app := kit.Start()
	t := &table{prices: map[int]int{}, strict: app.Repaired}
	for i := 0; i < 24; i++ {
		go func(i int) {
			for {
				t.quote(i)
				time.Sleep(60 * time.Millisecond)
			}
		}(i)
	}
	app.Wait()
}
