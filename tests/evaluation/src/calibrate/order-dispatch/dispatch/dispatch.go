// SPDX-License-Identifier: Apache-2.0

// Package dispatch hands orders to vans that wait for one.
package dispatch

import (
	"sync"
	"sync/atomic"
	"time"

	"example.com/harbor/internal/web"
)

type yard struct {
	mu    sync.Mutex
	ready *sync.Cond
	queue []string
}

type dispatcher struct {
	app   *web.App
	yards []*yard
	idle  int64
}

// New returns the service.
func New(app *web.App) web.Service {
	d := &dispatcher{app: app}
	for i := 0; i < 30; i++ {
		y := new(yard)
		y.ready = sync.NewCond(&y.mu)
		d.yards = append(d.yards, y)
	}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/10; i++ {
				y := d.yards[app.Rand.Intn(len(d.yards))]
				go d.van(y)
				time.Sleep(time.Millisecond)
				d.order(y, i)
			}
		},
		Held: func() (int64, int64) {
			n := atomic.LoadInt64(&d.idle)
			return n, n * 2700
		},
	}
}

func (d *dispatcher) van(y *yard) {
	atomic.AddInt64(&d.idle, 1)
	defer atomic.AddInt64(&d.idle, -1)
	y.mu.Lock()
	defer y.mu.Unlock()
	for len(y.queue) == 0 {
		y.ready.Wait() // @leak
	}
	y.queue = y.queue[:len(y.queue)-1]
}

// order wakes a van, but not for orders that are split: those are queued nowhere.
func (d *dispatcher) order(y *yard, i int) {
	y.mu.Lock()
	defer y.mu.Unlock()
	if i%5 == 0 && !d.app.Fixed {
		return
	}
	y.queue = append(y.queue, "order")
	y.ready.Signal()
}
