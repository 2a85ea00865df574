// SPDX-License-Identifier: Apache-2.0

// Package bids waits for the next bid or for the end of an auction.
package bids

import (
	"sync/atomic"
	"time"

	"example.com/harbor/internal/web"
)

type auction struct {
	bids  chan int
	quit  chan struct{}
	count int64
}

// New returns the service.
func New(app *web.App) web.Service {
	var all []*auction
	for i := 0; i < 12; i++ {
		a := &auction{bids: make(chan int), quit: make(chan struct{})}
		all = append(all, a)
		if app.Fixed {
			go a.patient()
		} else {
			go a.run()
		}
	}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*3; i++ {
				all[i%len(all)].bids <- i
			}
		},
		Held: func() (held, bytes int64) {
			for _, a := range all {
				held += atomic.LoadInt64(&a.count)
			}
			return held, held * 200
		},
	}
}

func (a *auction) run() {
	for {
		select {
		case <-a.bids:
			atomic.AddInt64(&a.count, 1)
		case <-a.quit:
			return
		case <-time.After(14 * 24 * time.Hour): // @leak
			return
		}
	}
}

func (a *auction) patient() {
	end := time.NewTimer(14 * 24 * time.Hour)
	defer end.Stop()
	for {
		select {
		case <-a.bids:
		case <-a.quit:
			return
		case <-end.C:
			return
		}
	}
}
