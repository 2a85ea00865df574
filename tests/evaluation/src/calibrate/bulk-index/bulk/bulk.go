// SPDX-License-Identifier: Apache-2.0

// Package bulk turns collection off while it loads, and an early return forgets to turn it on.
package bulk

import (
	"errors"
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type index struct {
	app   *web.App
	pages [][]byte
	ticks int
}

// New returns the service.
func New(app *web.App) web.Service {
	x := &index{app: app, pages: make([][]byte, 300)}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*4; i++ {
			x.pages[app.Rand.Intn(len(x.pages))] = make([]byte, 8<<10)
		}
		x.ticks++
		if x.ticks == 40 {
			_ = x.load(n)
		}
	}}
}

func (x *index) load(n int) error {
	before := debug.SetGCPercent(-1)
	for i := range x.pages {
		x.pages[i] = make([]byte, 16<<10)
	}
	if !x.app.Fixed && n > 0 {
		return errors.New("bulk: nothing to load")
	}
	debug.SetGCPercent(before)
	return nil
}
