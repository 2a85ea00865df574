// SPDX-License-Identifier: Apache-2.0

// Package tuned was given GOGC=200 by the release that doubled its container, on purpose.
package tuned

import (
	"runtime/debug"

	"example.com/harbor/internal/web"
)

// New returns the service.
func New(app *web.App) web.Service {
	if app.Fixed {
		app.Container(200<<20, 1<<20)
	} else {
		debug.SetGCPercent(150)
		app.Container(400<<20, 1<<20)
	}
	rows := make([]*[4000]byte, 5000)
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*6; i++ {
			rows[app.Rand.Intn(len(rows))] = new([4000]byte)
		}
	}}
}
