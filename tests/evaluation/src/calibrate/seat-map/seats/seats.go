// SPDX-License-Identifier: Apache-2.0

// Package seats runs in three instances, one of which still has the GOGC of an experiment.
package seats

import (
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type hall struct {
	seats [500]byte
	row   *[700]int64
}

// New returns the service.
func New(app *web.App) web.Service {
	if app.Instance() == 1 && !app.Fixed {
		debug.SetGCPercent(500)
	}
	halls := make([]*hall, 5000)
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*50; i++ {
			halls[app.Rand.Intn(len(halls))] = &hall{row: new([700]int64)}
		}
	}}
}
