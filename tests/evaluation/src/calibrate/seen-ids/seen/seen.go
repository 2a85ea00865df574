// SPDX-License-Identifier: Apache-2.0

// Package seen remembers the number of each message so as to handle none twice.
package seen

import (
	"example.com/harbor/internal/web"
)

type filter struct {
	app  *web.App
	seen map[uint64]uint64
	next uint64
}

// New returns the service.
func New(app *web.App) web.Service {
	f := &filter{app: app, seen: make(map[uint64]uint64)}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*20; i++ {
				f.once(f.next * 0x9e3779b97f4a7c15)
				f.next++
			}
			if app.Fixed {
				f.seen = make(map[uint64]uint64)
			}
		},
		Held: func() (int64, int64) { n := int64(len(f.seen)); return n, n * 40 },
	}
}

func (f *filter) once(id uint64) bool {
	if _, ok := f.seen[id]; ok {
		return false
	}
	f.seen[id] = f.next // @leak
	return true
}
