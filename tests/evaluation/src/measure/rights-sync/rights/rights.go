// SPDX-License-Identifier: Apache-2.0

// Package rights watches who may show what in which territory. Since 3.2.0 its settings are read again
// without a restart, and watchers are started anew each time.
package rights

import (
	"sync/atomic"
	"time"

	"example.net/lantern/internal/press"
)

type watcher struct {
	territory int
	changes   chan int
	stop      chan struct{}
	last      [120]int64
}

type syncer struct {
	desk    *press.Desk
	current []*watcher
	lost    int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	s := &syncer{desk: desk}
	s.reload()
	ticks := 0
	return press.Job{
		Tick: func(n int) {
			if ticks++; ticks%3 == 0 && desk.Rand.Intn(3) > 0 {
				s.reload()
			}
			for i := 0; i < n/10; i++ {
				s.current[desk.Rand.Intn(len(s.current))].changes <- i
			}
			time.Sleep(time.Millisecond)
		},
		Held: func() (int64, int64) { return s.lost, s.lost * 4000 },
	}
}

func (s *syncer) reload() {
	if s.desk.Fixed {
		for _, w := range s.current {
			close(w.stop)
		}
	} else {
		s.lost += int64(len(s.current))
	}
	s.current = nil
	for i := 0; i < 11; i++ {
		w := &watcher{territory: i, changes: make(chan int, 4), stop: make(chan struct{})}
		s.current = append(s.current, w)
		go w.run() // @also
	}
}

func (w *watcher) run() {
	late := time.NewTimer(90 * 24 * time.Hour)
	defer late.Stop()
	for {
		select { // @leak
		case n := <-w.changes:
			atomic.AddInt64(&w.last[n%120], 1)
		case <-late.C:
			return
		case <-w.stop:
			return
		}
	}
}
