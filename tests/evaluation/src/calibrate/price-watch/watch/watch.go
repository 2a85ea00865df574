// SPDX-License-Identifier: Apache-2.0

// Package watch watches prices for customers.
package watch

import (
	"net/http"
	"strings"

	"example.com/harbor/internal/web"
)

type watcher struct {
	stop   chan struct{}
	prices chan int64
	last   [40]int64
}

// start begins to watch; whoever calls it has to call end.
func (w *watcher) start() {
	go w.run()
}

func (w *watcher) run() {
	for {
		select { // @leak
		case p := <-w.prices:
			w.last[p%40] = p
		case <-w.stop:
			return
		}
	}
}

func (w *watcher) end() {
	close(w.stop)
}

type desk struct {
	app  *web.App
	lost int64
}

// New returns the service.
func New(app *web.App) web.Service {
	d := &desk{app: app}
	app.Handle("/watch", func(rw http.ResponseWriter, r *http.Request) {
		w := &watcher{stop: make(chan struct{}), prices: make(chan int64, 4)}
		w.start()
		w.prices <- int64(len(r.URL.RawQuery))
		if len(r.URL.RawQuery)%5 != 0 && !app.Fixed {
			d.lost++
			return
		}
		w.end()
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/12; i++ {
				app.Call("POST", "/watch?"+strings.Repeat("p", i%10), "")
			}
		},
		Held: func() (int64, int64) { return d.lost, d.lost * 3300 },
	}
}
