// SPDX-License-Identifier: Apache-2.0

// Package zones holds all zones in memory; the memory limit was set when there were fewer.
package zones

import (
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type zone struct {
	cells [900]int32
	next  *zone
}

type atlas struct {
	app   *web.App
	zones []*zone
	found int
}

// New returns the service.
func New(app *web.App) web.Service {
	a := &atlas{app: app}
	for i := 0; i < 11000; i++ {
		a.zones = append(a.zones, &zone{})
	}
	limit := int64(54 << 20)
	if app.Fixed {
		limit = 300 << 20
	}
	debug.SetMemoryLimit(limit)
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*3; i++ {
			a.found += a.look(i)
		}
	}}
}

func (a *atlas) look(i int) int {
	near := make([]*zone, 0, 300)
	for j := 0; j < 300; j++ {
		near = append(near, a.zones[(i*17+j)%len(a.zones)])
	}
	return len(near)
}
