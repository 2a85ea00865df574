// SPDX-License-Identifier: Apache-2.0

// Package guests appends each visit to the list of its guest.
package guests

import (
	"example.com/harbor/internal/web"
)

type guests struct {
	app    *web.App
	visits [][]int64
}

// New returns the service.
func New(app *web.App) web.Service {
	g := &guests{app: app, visits: make([][]int64, 3000)}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*25; i++ {
				g.visit(app.Rand.Intn(len(g.visits)), int64(i))
			}
		},
		Held: func() (int64, int64) {
			n := 0
			for _, v := range g.visits {
				n += len(v)
			}
			return int64(n), int64(n * 8)
		},
	}
}

func (g *guests) visit(who int, at int64) {
	g.visits[who] = append(g.visits[who], at) // @leak
	if g.app.Fixed && len(g.visits[who]) > 60 {
		g.visits[who] = append([]int64(nil), g.visits[who][40:]...)
	}
}
