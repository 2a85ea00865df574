// SPDX-License-Identifier: Apache-2.0

// Package docs reads nested documents that devices send bit by bit and never end.
package docs

import (
	"sync/atomic"

	"example.com/harbor/internal/web"
)

type device struct {
	parts chan int
	sum   int
}

type reader struct {
	app     *web.App
	devices []*device
	open    int64
}

// New returns the service.
func New(app *web.App) web.Service {
	r := &reader{app: app}
	for i := 0; i < 90; i++ {
		d := &device{parts: make(chan int)}
		r.devices = append(r.devices, d)
		go func() {
			for {
				d.sum += r.element(d, [32]int{})
			}
		}()
	}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				d := r.devices[app.Rand.Intn(len(r.devices))]
				d.parts <- 1
				if app.Fixed {
					d.parts <- 0
				}
			}
		},
		Held: func() (int64, int64) { n := atomic.LoadInt64(&r.open); return n, n * 700 },
	}
}

// element reads until the element is closed; a part that opens another is read by calling itself.
func (r *reader) element(d *device, attrs [32]int) int {
	atomic.AddInt64(&r.open, 1)
	for {
		select {
		case part, ok := <-d.parts:
			if !ok || part == 0 {
				atomic.AddInt64(&r.open, -1)
				return attrs[0]
			}
			attrs[part]++
			attrs[0] += r.element(d, attrs) // @leak
		}
	}
}
