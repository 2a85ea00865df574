// SPDX-License-Identifier: Apache-2.0

// Package rollout came with GOGC=100 and got another value by a new release of its chart.
package rollout

import (
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type table struct {
	rows [][]int32
}

// New returns the service.
func New(app *web.App) web.Service {
	if !app.Fixed {
		debug.SetGCPercent(350)
	}
	t := &table{}
	for i := 0; i < 900; i++ {
		t.rows = append(t.rows, make([]int32, 8<<10))
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*40; i++ {
			t.rows[app.Rand.Intn(len(t.rows))] = make([]int32, 8<<10)
		}
	}}
}
