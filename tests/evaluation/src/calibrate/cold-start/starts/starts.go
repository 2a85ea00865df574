// SPDX-License-Identifier: Apache-2.0

// Package starts is restarted by its host again and again, each time before its cache of prices is full.
package starts

import (
	"net/http"

	"example.com/harbor/internal/web"
)

type price struct {
	item   int
	levels [30]float64
}

type prices struct {
	app   *web.App
	known map[int]*price
}

// New returns the service.
func New(app *web.App) web.Service {
	p := &prices{app: app, known: make(map[int]*price)}
	app.Handle("/price", func(w http.ResponseWriter, r *http.Request) {
		p.get(int(app.Rand.ExpFloat64() * 9000))
	})
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*3; i++ {
			app.Call("GET", "/price", "")
		}
	}}
}

func (p *prices) get(item int) *price {
	one := p.known[item%25000]
	if one == nil {
		one = &price{item: item}
		p.known[item%25000] = one
	}
	return one
}
