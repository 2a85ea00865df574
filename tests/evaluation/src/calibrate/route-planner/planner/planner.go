// SPDX-License-Identifier: Apache-2.0

// Package planner plans tours and reports progress on a channel.
package planner

import (
	"sync"
	"time"

	"example.com/harbor/internal/web"
)

type tour struct {
	mu       sync.Mutex
	stops    []int
	progress chan int
}

type planner struct {
	app  *web.App
	lost int64
}

// New returns the service.
func New(app *web.App) web.Service {
	p := &planner{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/12; i++ {
				p.plan(i)
			}
			time.Sleep(time.Second)
		},
		Held: func() (int64, int64) { return p.lost, p.lost * 5600 },
	}
}

func (p *planner) plan(i int) {
	t := &tour{progress: make(chan int), stops: make([]int, 40)}
	if i%4 == 0 && !p.app.Fixed {
		p.lost++
	}
	go p.solve(t)
	go p.watch(t, i%4 == 0)
}

// solve reports while it holds the lock.
func (p *planner) solve(t *tour) {
	for round := 0; round < 3; round++ {
		t.mu.Lock()
		t.stops[round]++
		if p.app.Fixed {
			t.mu.Unlock()
			t.progress <- round
			continue
		}
		t.progress <- round // @leak
		t.mu.Unlock()
	}
	close(t.progress)
}

// watch wants the lock between two reports when somebody looks at the map.
func (p *planner) watch(t *tour, look bool) {
	for range t.progress {
		if look {
			time.Sleep(time.Millisecond)
			t.mu.Lock() // @also
			t.stops[20]++
			t.mu.Unlock()
		}
	}
}
