// SPDX-License-Identifier: Apache-2.0

// Package handles gives handles of the media store back when nobody uses them any more.
package handles

import (
	"runtime"
	"sync/atomic"
	"time"

	"example.net/lantern/internal/press"
)

type handle struct {
	number int
	index  [220]int64
}

type media struct {
	desk   *press.Desk
	opened int64
	closed int64
	busy   int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	m := &media{desk: desk}
	desk.On("MEDIA", func(*press.Ask) { m.open(desk.Rand.Intn(5000)).index[0]++ })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/4; i++ {
				desk.Ask("MEDIA", "player", "open")
			}
		},
		Held: func() (int64, int64) {
			n := m.opened - atomic.LoadInt64(&m.closed)
			if desk.Fixed {
				n = 0
			}
			return n, n * 1800
		},
	}
}

func (m *media) open(number int) *handle {
	h := &handle{number: number} // @also
	m.opened++
	runtime.SetFinalizer(h, m.giveBack)
	return h
}

// giveBack runs on the goroutine of all finalizers, and tries again when the store is busy.
func (m *media) giveBack(h *handle) {
	for try := 0; try < 4 && !m.desk.Fixed && h.number%3 == 0; try++ {
		time.Sleep(90 * time.Second) // @leak
		m.busy++
	}
	atomic.AddInt64(&m.closed, 1)
}
