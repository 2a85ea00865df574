// SPDX-License-Identifier: Apache-2.0

// Package aware has no GOGC and a memory limit with room, as is good practice.
package aware

import (
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type table struct {
	rows [][]byte
}

// New returns the service.
func New(app *web.App) web.Service {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(120 << 20)
	t := &table{}
	for i := 0; i < 500; i++ {
		t.rows = append(t.rows, make([]byte, 50<<10))
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n; i++ {
			t.rows[app.Rand.Intn(len(t.rows))] = make([]byte, 50<<10)
		}
	}}
}
