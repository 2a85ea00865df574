// SPDX-License-Identifier: Apache-2.0

// Package mails has GOGC=off and a memory limit; the limit was copied from a larger container.
package mails

import (
	"runtime/debug"

	"example.com/harbor/internal/web"
)

// New returns the service.
func New(app *web.App) web.Service {
	debug.SetGCPercent(-1)
	app.Container(128<<20, 2<<20)
	limit := int64(160 << 20)
	if app.Fixed {
		limit = 90 << 20
	}
	debug.SetMemoryLimit(limit)
	mails := make([][]byte, 600)
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*2; i++ {
			mails[app.Rand.Intn(len(mails))] = make([]byte, 12<<10)
		}
	}}
}
