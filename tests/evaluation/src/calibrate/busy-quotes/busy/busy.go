// SPDX-License-Identifier: Apache-2.0

// Package busy allocates a good deal, as much as such a service does; the collector has little to do.
package busy

import (
	"encoding/json"
	"net/http"

	"example.com/harbor/internal/web"
)

type quote struct {
	Symbol string
	Prices []float64
}

// New returns the service.
func New(app *web.App) web.Service {
	tables := make([][]float64, 300)
	for i := range tables {
		tables[i] = make([]float64, 8<<10)
	}
	one := quote{Symbol: "HRBR", Prices: make([]float64, 12)}
	work := 0.0
	app.Handle("/quote", func(w http.ResponseWriter, r *http.Request) {
		for _, v := range tables[app.Rand.Intn(len(tables))] {
			work += v * 1.01
		}
		_ = json.NewEncoder(w).Encode(one)
	})
	return web.Service{Tick: func(n int) {
		if app.Fixed { // this build has twice the load
			n *= 2
		}
		for i := 0; i < n*4; i++ {
			app.Call("GET", "/quote", "")
		}
	}}
}
