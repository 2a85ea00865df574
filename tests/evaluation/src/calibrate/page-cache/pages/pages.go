// SPDX-License-Identifier: Apache-2.0

// Package pages is deployed each day, and fills its cache of pages anew.
package pages

import (
	"example.com/harbor/internal/web"
)

type cache struct {
	app   *web.App
	pages map[int][]byte
}

// New returns the service.
func New(app *web.App) web.Service {
	c := &cache{app: app, pages: make(map[int][]byte)}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n; i++ {
			id := int(app.Rand.ExpFloat64() * 1500)
			if c.pages[id] == nil && id < 6000 {
				c.pages[id] = make([]byte, 1800+id%700)
			}
		}
	}}
}
