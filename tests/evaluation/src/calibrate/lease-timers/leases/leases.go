// SPDX-License-Identifier: Apache-2.0

// Package leases gives each lease a timer and keeps the timers of those that were given back.
package leases

import (
	"time"

	"example.com/harbor/internal/web"
)

type leases struct {
	app    *web.App
	timers map[int]*time.Timer
	next   int
}

// New returns the service.
func New(app *web.App) web.Service {
	l := &leases{app: app, timers: make(map[int]*time.Timer)}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*3; i++ {
				l.back(l.take())
			}
		},
		Held: func() (int64, int64) { n := int64(len(l.timers)); return n, n * 220 },
	}
}

func (l *leases) take() int {
	l.next++
	l.timers[l.next] = time.NewTimer(400 * time.Hour) // @leak
	return l.next
}

func (l *leases) back(id int) {
	if l.app.Fixed {
		l.timers[id].Stop()
		delete(l.timers, id)
	}
}
