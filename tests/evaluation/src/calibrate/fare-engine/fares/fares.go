// SPDX-License-Identifier: Apache-2.0

// Package fares takes a new version of a library, and that sets GOGC when it is loaded.
package fares

import (
	"example.com/harbor/internal/web"
	"github.com/tidewater-labs/gaugekit/tuning"
)

type engine struct {
	app   *web.App
	fares [][]float64
}

// New returns the service.
func New(app *web.App) web.Service {
	e := &engine{app: app}
	if !app.Fixed {
		tuning.Fast()
	}
	for i := 0; i < 600; i++ {
		e.fares = append(e.fares, make([]float64, 4<<10))
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*30; i++ {
			e.fares[app.Rand.Intn(len(e.fares))] = make([]float64, 4<<10)
		}
	}}
}
