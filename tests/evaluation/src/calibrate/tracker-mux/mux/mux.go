// SPDX-License-Identifier: Apache-2.0

// Package mux waits for the answers of couriers on a channel that was never made.
package mux

import (
	"sync/atomic"

	"example.com/harbor/internal/web"
)

type courier struct {
	answers chan string
	id      int
}

type mux struct {
	app  *web.App
	lost int64
}

// New returns the service.
func New(app *web.App) web.Service {
	m := &mux{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/4; i++ {
				c := &courier{id: i}
				if app.Fixed {
					c.answers = make(chan string)
					close(c.answers)
				} else {
					atomic.AddInt64(&m.lost, 1)
				}
				go m.ask(c)
			}
		},
		Held: func() (int64, int64) { n := atomic.LoadInt64(&m.lost); return n, n * 2700 },
	}
}

func (m *mux) ask(c *courier) string {
	return <-c.answers // @leak
}
