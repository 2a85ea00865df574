// SPDX-License-Identifier: Apache-2.0

// Package sale had a sale once: its table of carts grew at a stroke and keeps its buckets.
package sale

import (
	"example.com/harbor/internal/web"
)

type sale struct {
	app   *web.App
	carts map[int]int64
	tick  int
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &sale{app: app, carts: make(map[int]int64)}
	return web.Service{Tick: func(n int) {
		s.tick++
		if s.tick == 60 {
			for i := 0; i < 300000; i++ {
				s.carts[i] = int64(i)
			}
		}
		for i := 0; i < n; i++ {
			s.carts[s.tick*1000+i%1000] = int64(i)
		}
		for id := range s.carts {
			if len(s.carts) < 5000 {
				break
			}
			delete(s.carts, id)
		}
	}}
}
