// SPDX-License-Identifier: Apache-2.0

// Package board has a button for busy days that makes the collector lazy, and nobody has ever pressed it again.
package board

import (
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type job struct {
	route [30]int64
	next  *job
}

type board struct {
	app   *web.App
	jobs  []*job
	old   []*job
	ticks int
}

// New returns the service.
func New(app *web.App) web.Service {
	b := &board{app: app, jobs: make([]*job, 50000)}
	return web.Service{Tick: func(n int) {
		b.ticks++
		if b.ticks == 80 && !app.Fixed {
			debug.SetGCPercent(400)
		}
		if len(b.old) < 24000 {
			for i := 0; i < 150; i++ {
				b.old = append(b.old, new(job))
			}
		}
		for i := 0; i < n*700; i++ {
			b.jobs[app.Rand.Intn(len(b.jobs))] = new(job)
		}
	}}
}
