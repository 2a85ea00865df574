// SPDX-License-Identifier: Apache-2.0

// Package saga runs orders through their steps.
package saga

import (
	"context"
	"net/http"
	"strings"

	"example.com/harbor/internal/web"
)

type engine struct {
	app  *web.App
	base context.Context
	lost int64
}

type saga struct {
	ctx  context.Context
	stop context.CancelFunc
	step int
}

// New returns the service.
func New(app *web.App) web.Service {
	base, stop := context.WithCancel(context.Background())
	_ = stop
	e := &engine{app: app, base: base}
	app.Handle("/saga", func(w http.ResponseWriter, r *http.Request) {
		s := e.begin()
		s.step = len(r.URL.RawQuery)
		if s.step%4 == 0 || app.Fixed {
			s.stop()
			return
		}
		e.lost++ // finished sagas never cancel their context
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*6; i++ {
				app.Call("POST", "/saga?"+strings.Repeat("s", i%8), "")
			}
		},
		Held: func() (int64, int64) { return e.lost, e.lost * 200 },
	}
}

func (e *engine) begin() *saga {
	ctx, stop := context.WithCancel(e.base) // @leak
	return &saga{ctx: ctx, stop: stop}
}
