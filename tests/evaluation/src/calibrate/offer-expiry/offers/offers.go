// SPDX-License-Identifier: Apache-2.0

// Package offers lets offers expire by a function that sets itself up again.
package offers

import (
	"fmt"
	"net/http"
	"time"

	"example.com/harbor/internal/web"
)

type offer struct {
	terms  [12]string
	looked int
}

type desk struct {
	app  *web.App
	open int64
}

// New returns the service.
func New(app *web.App) web.Service {
	d := &desk{app: app}
	app.Handle("/offer", func(w http.ResponseWriter, r *http.Request) { d.publish(r.URL.RawQuery) })
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				app.Call("POST", fmt.Sprintf("/offer?n=%d", i), "")
			}
		},
		Held: func() (int64, int64) { return d.open, d.open * 330 },
	}
}

func (d *desk) publish(text string) {
	o := &offer{terms: [12]string{text}} // @also
	d.open++
	d.later(o)
}

// later looks at the offer again after some hours; a repaired desk does so once.
func (d *desk) later(o *offer) {
	time.AfterFunc(7*time.Hour, func() { // @leak
		o.looked++
		if !d.app.Fixed {
			d.later(o)
		}
	})
}
