// SPDX-License-Identifier: Apache-2.0

// Package chain links each event to the one before; the newest is kept, and so are all.
package chain

import (
	"example.com/harbor/internal/web"
)

type event struct {
	before *event
	what   [14]int64
}

type chain struct {
	app    *web.App
	newest *event
	count  int64
}

// New returns the service.
func New(app *web.App) web.Service {
	c := &chain{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*8; i++ {
				c.add(int64(i))
			}
		},
		Held: func() (int64, int64) { return c.count, c.count * 128 },
	}
}

func (c *chain) add(what int64) {
	e := &event{what: [14]int64{what}} // @leak
	if !c.app.Fixed {
		e.before = c.newest
		c.count++
	}
	c.newest = e
}
