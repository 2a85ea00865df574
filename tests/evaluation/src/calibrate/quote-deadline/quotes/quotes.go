// SPDX-License-Identifier: Apache-2.0

// Package quotes gives each quote a deadline far away and never calls cancel.
package quotes

import (
	"context"
	"net/http"
	"time"

	"example.com/harbor/internal/web"
)

type desk struct {
	app  *web.App
	base context.Context
	open int64
}

// New returns the service.
func New(app *web.App) web.Service {
	base, stop := context.WithCancel(context.Background())
	d := &desk{app: app, base: base}
	_ = stop
	app.Handle("/quote", func(w http.ResponseWriter, r *http.Request) { d.quote() })
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				app.Call("GET", "/quote", "")
			}
		},
		Held: func() (int64, int64) { return d.open, d.open * 430 },
	}
}

func (d *desk) quote() bool {
	ctx, cancel := context.WithTimeout(d.base, 900*time.Hour) // @leak
	if d.app.Fixed {
		defer cancel()
	} else {
		d.open++
		_ = cancel
	}
	return ctx.Err() == nil
}
