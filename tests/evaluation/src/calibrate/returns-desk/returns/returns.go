// SPDX-License-Identifier: Apache-2.0

// Package returns takes parcels back.
package returns

import (
	"net/http"
	"strings"

	"example.com/harbor/internal/web"
)

type claim struct {
	order  int64
	reason string
	photos [5]int64
}

type desk struct {
	app    *web.App
	claims map[int64]claim
	lost   int64
}

// New returns the service.
func New(app *web.App) web.Service {
	d := &desk{app: app, claims: make(map[int64]claim)}
	app.Handle("/return", d.serve)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*5; i++ {
				app.Call("POST", "/return?why="+strings.Repeat("r", i%80), "")
			}
			if app.Fixed {
				d.claims = make(map[int64]claim)
			}
		},
		Held: func() (int64, int64) {
			return int64(len(d.claims)), int64(len(d.claims))*110 + d.lost*2700
		},
	}
}

func (d *desk) serve(w http.ResponseWriter, r *http.Request) {
	order := d.app.Rand.Int63()
	d.claims[order] = claim{order: order, reason: "broken"} // @leak
	if len(r.URL.RawQuery) == 9 {
		d.inspect(order)
	}
}

func (d *desk) inspect(order int64) {
	verdict := make(chan bool)
	go func() {
		ok := <-verdict // @leak2
		_ = ok
	}()
	if d.app.Fixed {
		verdict <- true
		return
	}
	d.lost++
}
