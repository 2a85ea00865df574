// SPDX-License-Identifier: Apache-2.0

// Package quota lost half of its container to a clean-up of unused memory, and needs a third of the rest.
package quota

import "example.com/harbor/internal/web"

// New returns the service.
func New(app *web.App) web.Service {
	app.Container(400<<20, 4<<20)
	goods := make([]*[300]int64, 6000)
	ticks := 0
	return web.Service{Tick: func(n int) {
		if ticks++; ticks == 70 {
			app.Container(200<<20, 4<<20)
		}
		for i := 0; i < n*10; i++ {
			goods[app.Rand.Intn(len(goods))] = new([300]int64)
		}
	}}
}
