// SPDX-License-Identifier: Apache-2.0

// Package rush is watched from night to noon: everything in it rises with the visitors.
package rush

import (
	"sort"

	"example.com/harbor/internal/web"
)

type visit struct {
	pages [6]string
	form  []byte
}

type rush struct {
	app    *web.App
	visits []*visit
}

// New returns the service.
func New(app *web.App) web.Service {
	r := &rush{app: app}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*3; i++ {
			r.visits = append(r.visits, &visit{form: make([]byte, 900+i%300)})
		}
		if most := n * 15; len(r.visits) > most {
			r.visits = append([]*visit(nil), r.visits[len(r.visits)-most:]...)
		}
		sort.Slice(r.visits[:len(r.visits)/50], func(a, b int) bool { return len(r.visits[a].form) < len(r.visits[b].form) })
	}}
}
