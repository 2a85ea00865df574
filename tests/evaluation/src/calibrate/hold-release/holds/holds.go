// SPDX-License-Identifier: Apache-2.0

// Package holds releases reserved goods after sixty days; who buys them earlier leaves the timer behind, with
// the whole order in it.
package holds

import (
	"time"

	"example.com/harbor/internal/web"
)

type order struct {
	lines [220]int64
	buyer string
}

type desk struct {
	app      *web.App
	holds    int64
	released int64
}

// New returns the service.
func New(app *web.App) web.Service {
	d := &desk{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/2; i++ {
				d.sell(&order{buyer: "somebody"}) // @also
			}
		},
		Held: func() (int64, int64) { return d.holds, d.holds * 1950 },
	}
}

func (d *desk) sell(o *order) {
	timer := time.AfterFunc(60*24*time.Hour, func() { d.released += o.lines[0] }) // @leak
	o.lines[3]++
	if d.app.Fixed {
		timer.Stop()
		return
	}
	d.holds++
}
