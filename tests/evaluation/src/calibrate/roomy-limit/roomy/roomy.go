// SPDX-License-Identifier: Apache-2.0

// Package roomy has GOGC=200 everywhere, and a memory limit at 80 % of its container.
package roomy

import (
	"runtime/debug"

	"example.com/harbor/internal/web"
)

// New returns the service.
func New(app *web.App) web.Service {
	debug.SetGCPercent(200)
	debug.SetMemoryLimit(160 << 20)
	app.Container(200<<20, 4<<20)
	rows := make([]*[4000]byte, 4000)
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*6; i++ {
			rows[app.Rand.Intn(len(rows))] = new([4000]byte)
		}
	}}
}
