// SPDX-License-Identifier: Apache-2.0

// Package wide has run with GOGC=300 for ever, on purpose: its heap is small and its machine is not.
package wide

import (
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type row struct {
	cells [24]int64
	next  *row
}

// New returns the service.
func New(app *web.App) web.Service {
	debug.SetGCPercent(300)
	rows := make([]*row, 60000)
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*500; i++ {
			rows[app.Rand.Intn(len(rows))] = new(row)
		}
	}}
}
