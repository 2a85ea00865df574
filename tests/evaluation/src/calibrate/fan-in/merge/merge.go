// SPDX-License-Identifier: Apache-2.0

// Package merge joins what several stores answer, and stops at the first that fails.
package merge

import (
	"fmt"

	"example.com/harbor/internal/web"
)

type part struct {
	text string
	err  error
}

type merger struct {
	app  *web.App
	lost int64
}

// New returns the service.
func New(app *web.App) web.Service {
	m := &merger{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				_ = m.merge(i)
			}
		},
		Held: func() (int64, int64) { return m.lost, m.lost * 2800 },
	}
}

func (m *merger) merge(i int) error {
	size := 0
	if m.app.Fixed {
		size = 4
	}
	parts := make(chan part, size)
	for store := 0; store < 4; store++ {
		go fetch(parts, store, i)
	}
	for store := 0; store < 4; store++ {
		if p := <-parts; p.err != nil {
			if !m.app.Fixed {
				m.lost += int64(3 - store)
			}
			return p.err
		}
	}
	return nil
}

func fetch(parts chan<- part, store, i int) {
	p := part{text: fmt.Sprint("store ", store)}
	if (i+store)%20 == 0 {
		p.err = fmt.Errorf("store %d is closed", store)
	}
	parts <- p // @leak
}
