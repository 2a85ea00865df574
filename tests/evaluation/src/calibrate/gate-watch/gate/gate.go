// SPDX-License-Identifier: Apache-2.0

// Package gate waits for each gate with a timeout of days; the gate opens at once.
package gate

import (
	"sync/atomic"
	"time"

	"example.com/harbor/internal/web"
)

type gate struct {
	app   *web.App
	moves chan int
	late  int
	done  int64
}

// New returns the service.
func New(app *web.App) web.Service {
	g := &gate{app: app, moves: make(chan int)}
	go g.loop()
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*4; i++ {
				g.moves <- i
			}
		},
		Held: func() (int64, int64) { n := atomic.LoadInt64(&g.done); return n, n * 200 },
	}
}

func (g *gate) loop() {
	still := time.NewTimer(time.Hour)
	for {
		if g.app.Fixed {
			select {
			case <-g.moves:
			case <-still.C:
				g.late++
				still.Reset(time.Hour)
			}
			continue
		}
		select {
		case <-g.moves:
			atomic.AddInt64(&g.done, 1)
		case <-time.After(20 * 24 * time.Hour): // @leak
			g.late++
		}
	}
}
