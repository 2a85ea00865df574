// SPDX-License-Identifier: Apache-2.0

// Package bus lets parts of the shop listen for events.
package bus

import (
	"fmt"
	"net/http"

	"example.com/harbor/internal/web"
)

type order struct {
	id    int
	lines []int64
	note  string
}

type bus struct {
	app       *web.App
	listeners []func(string) bool
}

// New returns the service.
func New(app *web.App) web.Service {
	b := &bus{app: app}
	app.Handle("/order", func(w http.ResponseWriter, r *http.Request) {
		b.watch(app.Rand.Intn(1<<20), r.URL.RawQuery)
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				app.Call("POST", fmt.Sprintf("/order?id=%d", i), "")
			}
			b.publish("paid")
		},
		Held: func() (int64, int64) { return int64(len(b.listeners)), int64(len(b.listeners)) * 620 },
	}
}

// watch registers a listener for one order, which nobody takes back.
func (b *bus) watch(id int, note string) {
	o := order{id: id, lines: make([]int64, 60), note: note}   // @leak
	b.listeners = append(b.listeners, func(what string) bool { // @also
		o.lines[0] += int64(len(what))
		o.id++
		return b.app.Fixed || o.lines[0] < 0
	})
}

func (b *bus) publish(what string) {
	keep := b.listeners[:0]
	for _, l := range b.listeners {
		if !l(what) {
			keep = append(keep, l)
		}
	}
	for i := len(keep); i < len(b.listeners); i++ {
		b.listeners[i] = nil
	}
	b.listeners = keep
}
