// SPDX-License-Identifier: Apache-2.0

// Package rooms runs quizzes, each with a countdown of its own.
package rooms

import (
	"sync/atomic"
	"time"

	"example.net/lantern/internal/press"
)

type room struct {
	code    string
	beat    *time.Ticker
	over    chan struct{}
	left    int64
	answers [60]string
}

type hall struct {
	desk *press.Desk
	open []*room
	lost int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	h := &hall{desk: desk}
	desk.On("QUIZ", h.begin)
	return press.Job{
		Tick: func(n int) {
			for _, r := range h.open {
				h.end(r)
			}
			h.open = h.open[:0]
			for i := 0; i < n/25; i++ {
				desk.Ask("QUIZ", "teacher", "class")
			}
		},
		Held: func() (int64, int64) { return h.lost, h.lost * 3300 },
	}
}

func (h *hall) begin(a *press.Ask) {
	r := &room{code: a.Who, beat: time.NewTicker(time.Minute), over: make(chan struct{}), left: 90}
	h.open = append(h.open, r)
	if h.desk.Fixed {
		go r.watch()
		return
	}
	go r.countdown()
}

// end stops the ticker, which does not close its channel.
func (h *hall) end(r *room) {
	r.beat.Stop()
	close(r.over)
	h.lost++
	if h.desk.Fixed {
		h.lost = 0
	}
}

func (r *room) countdown() {
	for range r.beat.C { // @leak
		if atomic.AddInt64(&r.left, -1) == 0 {
			return
		}
	}
}

func (r *room) watch() {
	for {
		select {
		case <-r.beat.C:
			atomic.AddInt64(&r.left, -1)
		case <-r.over:
			return
		}
	}
}
