// SPDX-License-Identifier: Apache-2.0

// Package pool starts workers as load comes and lets them go when they are idle.
package pool

import (
	"sync/atomic"
	"time"

	"example.com/harbor/internal/web"
)

type pool struct {
	app  *web.App
	jobs chan [256]int64
	size int64
}

// New returns the service.
func New(app *web.App) web.Service {
	p := &pool{app: app, jobs: make(chan [256]int64)}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n; i++ {
			p.submit()
		}
	}}
}

func (p *pool) submit() {
	var job [256]int64
	select {
	case p.jobs <- job:
	default:
		atomic.AddInt64(&p.size, 1)
		go p.work(job)
	}
}

func (p *pool) work(job [256]int64) {
	idle := time.NewTimer(3 * time.Hour)
	defer idle.Stop()
	for {
		job[0]++
		time.Sleep(30 * time.Minute)
		select {
		case job = <-p.jobs:
		case <-idle.C:
			atomic.AddInt64(&p.size, -1)
			return
		}
	}
}
