// SPDX-License-Identifier: Apache-2.0

// Package subtitles makes subtitles with scratch from somebody else's pool.
package subtitles

import (
	"errors"
	"fmt"

	"example.net/lantern/internal/press"
	"github.com/larchway/weftkit"
)

var errOverlap = errors.New("lines overlap")

type scratch struct {
	lines [90][16]byte
	used  int
}

type maker struct {
	desk *press.Desk
	pool *weftkit.Pool[scratch]
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	m := &maker{desk: desk, pool: weftkit.NewPool[scratch]()}
	failed := 0
	desk.On("SUBTITLE", func(a *press.Ask) {
		if err := m.make(a.Body); err != nil {
			failed++
		}
	})
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/2; i++ {
				desk.Ask("SUBTITLE", "studio", fmt.Sprint("scene ", desk.Rand.Intn(5000)))
			}
		},
		Held: func() (int64, int64) { return int64(m.pool.Lent()), int64(m.pool.Lent()) * 1560 },
	}
}

// make does not give its scratch back when something is wrong.
func (m *maker) make(scene string) error {
	s := m.pool.Borrow() // @leak
	s.used += copy(s.lines[0][:], scene)
	if scene[len(scene)-1] == '6' || scene[len(scene)-1] == '2' {
		if m.desk.Fixed {
			m.pool.Return(s)
		}
		return fmt.Errorf("%s: %w", scene, errOverlap)
	}
	m.pool.Return(s)
	return nil
}
