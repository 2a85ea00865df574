// SPDX-License-Identifier: Apache-2.0

// Package drain waits for each entry of a queue, or three days; the timer of each wait stays that long.
package drain

import (
	"time"

	"example.com/harbor/internal/web"
)

type drain struct {
	app   *web.App
	in    chan int
	done  chan struct{}
	sum   int
	waits int64
}

// New returns the service.
func New(app *web.App) web.Service {
	d := &drain{app: app, in: make(chan int), done: make(chan struct{})}
	go d.loop()
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				d.in <- i
				<-d.done
			}
		},
		Held: func() (int64, int64) {
			if app.Fixed {
				return 0, 0
			}
			return d.waits, d.waits * 200
		},
	}
}

func (d *drain) loop() {
	idle := time.NewTimer(72 * time.Hour)
	for {
		var late <-chan time.Time
		if d.app.Fixed {
			late = idle.C
		} else {
			late = time.After(72 * time.Hour) // @leak
		}
		select {
		case n := <-d.in:
			d.sum += n
			d.waits++
			d.done <- struct{}{}
		case <-late:
			d.sum = 0
		}
	}
}
