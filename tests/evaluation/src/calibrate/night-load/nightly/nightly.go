// SPDX-License-Identifier: Apache-2.0

// Package nightly raises GOGC for its load at night and takes it back.
package nightly

import (
	"runtime/debug"

	"example.com/harbor/internal/web"
)

// New returns the service.
func New(app *web.App) web.Service {
	rows := make([]*[4000]byte, 5000)
	return web.Service{Tick: func(n int) {
		if app.Now().Hour() == 2 {
			defer debug.SetGCPercent(debug.SetGCPercent(300))
			n *= 10
		}
		for i := 0; i < n*4; i++ {
			rows[app.Rand.Intn(len(rows))] = new([4000]byte)
		}
	}}
}
