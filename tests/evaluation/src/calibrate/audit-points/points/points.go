// SPDX-License-Identifier: Apache-2.0

// Package points appends each measurement to one list and means to cut it one day.
package points

import (
	"example.com/harbor/internal/web"
)

type point struct {
	at    int64
	value float64
	kind  int32
}

type record struct {
	app    *web.App
	points []point
}

// New returns the service.
func New(app *web.App) web.Service {
	r := &record{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*15; i++ {
				r.add(i)
			}
			if app.Fixed {
				r.points = nil
			}
		},
		Held: func() (int64, int64) { n := int64(len(r.points)); return n, n * 24 },
	}
}

func (r *record) add(i int) {
	r.points = append(r.points, point{at: r.app.Now().Unix(), kind: int32(i)}) // @leak
}
