// SPDX-License-Identifier: Apache-2.0

// Package ring counts keys of the ring in a map that nobody empties.
package ring

import (
	"example.com/harbor/internal/web"
)

type ring struct {
	app    *web.App
	counts map[uint32]int32
	step   uint32
}

// New returns the service.
func New(app *web.App) web.Service {
	r := &ring{app: app, counts: make(map[uint32]int32)}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*30; i++ {
				r.step++
				r.add(r.step * 2654435761)
			}
			if app.Fixed {
				for k := range r.counts {
					delete(r.counts, k)
				}
			}
		},
		Held: func() (int64, int64) { n := int64(len(r.counts)); return n, n * 20 },
	}
}

func (r *ring) add(key uint32) {
	r.counts[key]++ // @leak
}
