// SPDX-License-Identifier: Apache-2.0

// Package skins wraps its handler with the skin of the day, again with each change of a skin.
package skins

import (
	"example.net/lantern/internal/press"
)

type skin struct {
	colours [160]uint32
	strings map[string]string
}

type handler func(page int) int

type server struct {
	desk    *press.Desk
	bare    handler
	serve   handler
	wrapped int64
	words   map[string]string
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	s := &server{desk: desk, bare: func(page int) int { return page }, words: map[string]string{"ok": "fine"}}
	s.serve = s.bare
	desk.On("SKIN", func(a *press.Ask) { s.change() })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/5; i++ {
				desk.Ask("SKIN", "designer", "change")
			}
			s.serve(n)
		},
		Held: func() (int64, int64) { return s.wrapped, s.wrapped * 750 },
	}
}

func (s *server) change() {
	next := s.serve
	if s.desk.Fixed {
		next = s.bare
	} else {
		s.wrapped++
	}
	s.serve = wrap(next, s.load()) // @leak
}

func (s *server) load() skin {
	return skin{strings: s.words}
}

func wrap(next handler, look skin) handler { // @also
	return func(page int) int { // @also
		look.colours[page%160]++
		return next(page)
	}
}
