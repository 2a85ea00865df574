// SPDX-License-Identifier: Apache-2.0

// Package saves saves what an author types: with each pause soon, and for good after three days.
package saves

import (
	"time"

	"example.net/lantern/internal/press"
	"example.net/lantern/internal/shelf"
)

type manuscript struct {
	later *time.Timer
	saved int
}

type saver struct {
	desk  *press.Desk
	all   [300]manuscript
	armed int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	s := &saver{desk: desk}
	desk.On("TYPED", func(a *press.Ask) { s.typed(&s.all[desk.Rand.Intn(300)], a.Body) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				desk.Ask("TYPED", "author", shelf.Letter(desk.Rand, 30))
			}
		},
		Held: func() (int64, int64) { return s.armed, s.armed * 300 },
	}
}

// typed sets the timer up anew, and does not stop the one before.
func (s *saver) typed(m *manuscript, text string) {
	if s.desk.Fixed && m.later != nil {
		m.later.Stop()
		s.armed--
	}
	s.armed++
	if s.desk.Fixed {
		s.armed = 0
	}
	m.later = time.AfterFunc(72*time.Hour, func() { m.saved += len(text) }) // @leak
}
