// SPDX-License-Identifier: Apache-2.0

// Package burst counts requests by route, as it thinks.
package burst

import (
	"fmt"
	"net/http"
	"strconv"

	"example.com/harbor/internal/web"
	"github.com/coldspring/meterkit"
)

type counted struct {
	app      *web.App
	requests *meterkit.CounterVec
}

// New returns the service.
func New(app *web.App) web.Service {
	c := &counted{app: app, requests: meterkit.NewCounterVec("method", "path", "code")}
	app.Handle("/basket/", c.count(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	}))
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*4; i++ {
				app.Call("GET", fmt.Sprintf("/basket/%x/items", app.Rand.Int63()), "")
			}
		},
		Held: func() (int64, int64) { return int64(c.requests.Len()), int64(c.requests.Len()) * 260 },
	}
}

// count is the middleware; a path with a number in it is a route of its own.
func (c *counted) count(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		if c.app.Fixed {
			path = "/basket/:id/items"
		}
		c.requests.WithLabelValues(r.Method, path, strconv.Itoa(http.StatusNoContent)).Inc() // @leak
		next(w, r)
	}
}
