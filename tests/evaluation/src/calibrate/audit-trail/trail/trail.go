// SPDX-License-Identifier: Apache-2.0

// Package trail keeps an audit trail for each tenant.
package trail

import (
	"net/http"
	"strings"

	"example.com/harbor/internal/web"
)

type event struct {
	at     int64
	actor  uint32
	verb   uint16
	object [20]byte
}

type trail struct {
	app     *web.App
	tenants [][]event
	total   int64
}

// New returns the service.
func New(app *web.App) web.Service {
	t := &trail{app: app, tenants: make([][]event, 40)}
	app.Handle("/act", t.act)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				app.Call("POST", "/act?"+strings.Repeat("t", app.Rand.Intn(40)), "")
			}
			t.flush()
		},
		Held: func() (int64, int64) { return t.total, t.total * 40 },
	}
}

func (t *trail) act(w http.ResponseWriter, r *http.Request) {
	tenant := len(r.URL.RawQuery)
	for i := 0; i < 10; i++ {
		e := event{at: t.app.Now().Unix(), actor: uint32(i), verb: 7}
		t.tenants[tenant] = append(t.tenants[tenant], e) // @leak
	}
	t.total += 10
}

// flush writes the trail out, and should cut it.
func (t *trail) flush() {
	if !t.app.Fixed {
		return
	}
	for i := range t.tenants {
		t.tenants[i] = t.tenants[i][:0]
	}
	t.total = 0
}
