// SPDX-License-Identifier: Apache-2.0

// Package rules has a governor that raises GOGC when it sees long pauses; nothing lowers it.
package rules

import (
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type rule struct {
	text  [40]string
	rates [300]float64
}

// New returns the service.
func New(app *web.App) web.Service {
	all := make([]*rule, 9000)
	ticks := 0
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*30; i++ {
			all[app.Rand.Intn(len(all))] = &rule{}
		}
		ticks++
		if app.Fixed {
			return
		}
		switch ticks {
		case 60:
			debug.SetGCPercent(300)
		case 110:
			debug.SetGCPercent(800)
		}
	}}
}
