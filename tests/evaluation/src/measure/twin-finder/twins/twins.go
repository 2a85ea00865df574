// SPDX-License-Identifier: Apache-2.0

// Package twins looks for the same article in several shelves, and takes the first.
package twins

import (
	"sync/atomic"
	"time"

	"example.net/lantern/internal/press"
)

type match struct {
	shelf int
	pages []int32
}

type finder struct {
	desk *press.Desk
	lost int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	f := &finder{desk: desk}
	desk.On("TWIN", func(a *press.Ask) { f.find(len(a.Body)) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/60; i++ {
				desk.Ask("TWIN", "editor", "an article")
			}
			time.Sleep(time.Millisecond)
		},
		Held: func() (int64, int64) { return atomic.LoadInt64(&f.lost), f.lost * 5600 },
	}
}

func (f *finder) find(words int) int {
	room := 0
	if f.desk.Fixed {
		room = 5
	}
	matches := make(chan match, room)
	for i := 0; i < 5; i++ {
		go f.search(i, words, matches)
	}
	for m := range matches {
		if len(m.pages) > words {
			if room == 0 {
				atomic.AddInt64(&f.lost, 4)
			}
			return m.shelf // the others still want to tell
		}
	}
	return -1
}

func (f *finder) search(shelf, words int, matches chan<- match) {
	pages := make([]int32, 400)
	pages[words%400] = int32(shelf)
	matches <- match{shelf: shelf, pages: pages} // @leak
}
