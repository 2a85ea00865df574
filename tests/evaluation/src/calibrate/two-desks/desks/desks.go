// SPDX-License-Identifier: Apache-2.0

// Package desks counts visitors by the hour and keeps what was changed in an order.
package desks

import (
	"fmt"
	"net/http"
	"sync"

	"example.com/harbor/internal/web"
)

type change struct {
	before *change
	lines  [18]int64
	by     string
}

type desks struct {
	app     *web.App
	mu      sync.Mutex
	windows map[int64]map[uint64]struct{}
	orders  [500]*change
	changes int64
	seen    int64
}

// New returns the service.
func New(app *web.App) web.Service {
	d := &desks{app: app, windows: make(map[int64]map[uint64]struct{})}
	app.Handle("/visit", d.visit)
	app.Handle("/change", d.change)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				app.Call("POST", fmt.Sprintf("/visit?id=%d", app.Rand.Int63()), "")
				app.Call("POST", fmt.Sprintf("/visit?id=%d", app.Rand.Int63()), "")
				app.Call("POST", fmt.Sprintf("/change?order=%d&by=clerk-%d", app.Rand.Intn(len(d.orders)), i%30), "")
			}
		},
		Held: func() (int64, int64) { return d.seen + d.changes, d.seen*20 + d.changes*192 },
	}
}

// visit has a set for each quarter of an hour; nobody drops those that are over.
func (d *desks) visit(w http.ResponseWriter, r *http.Request) {
	var id uint64
	_, _ = fmt.Sscan(r.URL.Query().Get("id"), &id)
	quarter := d.app.Now().Unix() / 900
	d.mu.Lock()
	defer d.mu.Unlock()
	set := d.windows[quarter]
	if set == nil {
		if d.app.Fixed {
			d.windows, d.seen = make(map[int64]map[uint64]struct{}), 0
		}
		set = make(map[uint64]struct{}) // @also
		d.windows[quarter] = set        // @also
	}
	set[id] = struct{}{} // @leak
	d.seen++
	w.WriteHeader(http.StatusNoContent)
}

// change lets every version of an order remember the one before it.
func (d *desks) change(w http.ResponseWriter, r *http.Request) {
	order := 0
	_, _ = fmt.Sscan(r.URL.Query().Get("order"), &order)
	d.mu.Lock()
	defer d.mu.Unlock()
	next := &change{before: d.orders[order], by: r.URL.Query().Get("by")} // @leak2
	if d.app.Fixed {
		next.before = nil
	}
	d.orders[order] = next
	d.changes++
	w.WriteHeader(http.StatusNoContent)
}
