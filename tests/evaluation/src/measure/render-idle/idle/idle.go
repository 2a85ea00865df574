// SPDX-License-Identifier: Apache-2.0

// Package idle has many workers that wait for pages, and a lock that all of them take for a moment.
package idle

import (
	"runtime"
	"sync"

	"example.net/lantern/internal/press"
)

// New returns the service.
func New(desk *press.Desk) press.Job {
	runtime.SetMutexProfileFraction(1)
	runtime.SetBlockProfileRate(10000)
	var mu sync.Mutex
	done := 0
	pages := make(chan *sync.WaitGroup)
	for i := 0; i < 40; i++ {
		go func() {
			for all := range pages {
				sum := 0
				for j := 0; j < 20000; j++ {
					sum += j % 7
				}
				mu.Lock()
				done += sum & 1
				mu.Unlock()
				all.Done()
			}
		}()
	}
	return press.Job{Tick: func(n int) {
		var all sync.WaitGroup
		for i := 0; i < n/4; i++ {
			all.Add(1)
			pages <- &all
		}
		all.Wait()
	}}
}
