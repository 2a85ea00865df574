// SPDX-License-Identifier: Apache-2.0

// Package tuner doubles GOGC after each spike of latency and forgets to take it back.
package tuner

import (
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type tuner struct {
	app     *web.App
	pages   [][]byte
	percent int
	ticks   int
}

// New returns the service.
func New(app *web.App) web.Service {
	t := &tuner{app: app, percent: 100}
	for i := 0; i < 700; i++ {
		t.pages = append(t.pages, make([]byte, 40<<10))
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*10; i++ {
			t.pages[app.Rand.Intn(len(t.pages))] = make([]byte, 40<<10)
		}
		t.ticks++
		if !app.Fixed && t.ticks%55 == 0 && t.percent < 800 {
			t.percent *= 2
			debug.SetGCPercent(t.percent)
		}
	}}
}
