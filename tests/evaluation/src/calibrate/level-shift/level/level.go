// SPDX-License-Identifier: Apache-2.0

// Package level holds a table whose size each release chooses anew.
package level

import (
	"example.com/harbor/internal/web"
)

type tile struct {
	cells [500]uint16
}

type world struct {
	app   *web.App
	tiles map[int]*tile
	size  int
}

// New returns the service.
func New(app *web.App) web.Service {
	w := &world{app: app, tiles: make(map[int]*tile), size: 9000}
	if app.Fixed {
		w.size = 24000 // the newer release holds a bigger area
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*6; i++ {
			at := app.Rand.Intn(w.size)
			w.tiles[at] = &tile{}
		}
	}}
}
