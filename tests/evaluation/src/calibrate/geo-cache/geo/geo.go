// SPDX-License-Identifier: Apache-2.0

// Package geo serves coordinates and tunes the collector by itself.
package geo

import (
	"net/http"
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type geo struct {
	app     *web.App
	blocks  [][]byte
	percent int
	quiet   int
}

// New returns the service.
func New(app *web.App) web.Service {
	g := &geo{app: app, percent: 100}
	for i := 0; i < 400; i++ {
		g.blocks = append(g.blocks, make([]byte, 60<<10))
	}
	app.Handle("/geo", func(w http.ResponseWriter, r *http.Request) {
		g.blocks[app.Rand.Intn(len(g.blocks))] = make([]byte, 60<<10)
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*12; i++ {
				app.Call("GET", "/geo", "")
			}
			g.tune()
		},
	}
}

// tune raises GOGC whenever the collector looks quiet, and it never lowers it.
func (g *geo) tune() {
	g.quiet++
	if g.app.Fixed || g.quiet%20 != 0 || g.percent >= 400 {
		return
	}
	g.percent += g.percent / 4
	debug.SetGCPercent(g.percent)
}
