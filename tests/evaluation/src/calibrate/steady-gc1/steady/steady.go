// SPDX-License-Identifier: Apache-2.0

// Package steady is calm; its captures force collections.
package steady

import (
	"example.com/harbor/internal/web"
)

type entry struct {
	body [700]byte
}

type steady struct {
	app *web.App
	all []*entry
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &steady{app: app, all: make([]*entry, 16000)}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*8; i++ {
			s.all[app.Rand.Intn(len(s.all))] = new(entry)
		}
	}}
}
