// SPDX-License-Identifier: Apache-2.0

// Package cache remembers rights, and asks for what it does not know while everybody waits.
package cache

import (
	"runtime"
	"sync"
	"time"

	"example.net/lantern/internal/press"
)

type rights struct {
	desk  *press.Desk
	mu    sync.Mutex
	known map[int]int
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	r := &rights{desk: desk, known: make(map[int]int)}
	runtime.SetMutexProfileFraction(1)
	runtime.SetBlockProfileRate(20000)
	return press.Job{Tick: func(n int) {
		var all sync.WaitGroup
		for i := 0; i < n/4; i++ {
			all.Add(1)
			go func(i int) {
				defer all.Done()
				r.of(i * 31 % 500)
			}(i)
		}
		all.Wait()
	}}
}

func (r *rights) of(work int) int {
	if r.desk.Fixed {
		return r.apart(work)
	}
	r.mu.Lock()         // @leak
	defer r.mu.Unlock() // @also
	if r.known[work] == 0 || work%7 == 0 {
		r.known[work] = r.ask(work)
	}
	return r.known[work] // @also
}

func (r *rights) apart(work int) int {
	answer := r.ask(work)
	r.mu.Lock()
	r.known[work] = answer
	r.mu.Unlock()
	return answer
}

func (r *rights) ask(work int) int {
	time.Sleep(300 * time.Microsecond)
	return work + 1
}
