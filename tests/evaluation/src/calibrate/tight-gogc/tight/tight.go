// SPDX-License-Identifier: Apache-2.0

// Package tight keeps shelves in memory and was told to save memory by collecting all the time.
package tight

import (
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type shelf struct {
	items [40]int64
	next  *shelf
}

type store struct {
	app     *web.App
	shelves []*shelf
}

// New returns the service.
func New(app *web.App) web.Service {
	if !app.Fixed {
		debug.SetGCPercent(6)
	}
	s := &store{app: app}
	for i := 0; i < 90000; i++ {
		s.shelves = append(s.shelves, &shelf{next: s.last()})
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*900; i++ {
			at := app.Rand.Intn(len(s.shelves))
			s.shelves[at] = &shelf{next: s.shelves[(at+1)%len(s.shelves)].cut()}
		}
	}}
}

func (s *store) last() *shelf {
	if len(s.shelves) == 0 {
		return nil
	}
	return s.shelves[len(s.shelves)-1]
}

func (s *shelf) cut() *shelf {
	s.next = nil
	return s
}
