// SPDX-License-Identifier: Apache-2.0

// Package models loads models when they are first asked for; there are only so many.
package models

import (
	"fmt"
	"net/http"

	"example.com/harbor/internal/web"
)

type model struct {
	weights []float32
	name    string
}

type zoo struct {
	app    *web.App
	loaded map[int]*model
}

// New returns the service.
func New(app *web.App) web.Service {
	z := &zoo{app: app, loaded: make(map[int]*model)}
	app.Handle("/score", func(w http.ResponseWriter, r *http.Request) {
		z.score(int(app.Rand.ExpFloat64() * 40))
	})
	return web.Service{Tick: func(n int) {
		for i := 0; i < n/2; i++ {
			app.Call("POST", "/score", "")
		}
	}}
}

func (z *zoo) score(which int) float32 {
	if which > 180 {
		which = 180
	}
	m := z.loaded[which]
	if m == nil {
		m = &model{weights: make([]float32, 50000), name: fmt.Sprint("model ", which)}
		z.loaded[which] = m
	}
	return m.weights[which]
}
