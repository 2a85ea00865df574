// SPDX-License-Identifier: Apache-2.0

// Package warm keeps results of searches, and has GOGC follow what the container has left over.
package warm

import (
	"runtime"
	"runtime/debug"

	"example.net/lantern/internal/press"
)

type result struct {
	works [400]int32
	next  *result
}

type searches struct {
	desk    *press.Desk
	results []*result
	ticks   int
	pace    int
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	s := &searches{desk: desk, results: make([]*result, 26000), pace: 100}
	for i := range s.results {
		s.results[i] = new(result)
	}
	return press.Job{Tick: func(n int) {
		s.ticks++
		for i := 0; i < n*100 && len(s.results) > 0; i++ {
			s.results[desk.Rand.Intn(len(s.results))] = new(result)
		}
		if s.ticks%2 == 0 && len(s.results) > 4000 { // a campaign ends, and what it needed goes
			s.results = append([]*result(nil), s.results[:len(s.results)-260]...)
		}
		if s.ticks%5 == 0 && !desk.Fixed {
			s.tune(150 << 20)
		}
	}}
}

// tune makes the collector use all of the memory that there is, whatever is alive.
func (s *searches) tune(memory uint64) {
	var ms runtime.MemStats
	runtime.ReadMemStats(&ms)
	live := ms.NextGC * 100 / uint64(100+s.pace)
	if live == 0 || live >= memory {
		return
	}
	s.pace = int((memory - live) * 100 / live)
	debug.SetGCPercent(s.pace)
}
