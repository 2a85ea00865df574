// SPDX-License-Identifier: Apache-2.0

// Package hub measures what shops do, with a library of somebody else.
package hub

import (
	"fmt"
	"net/http"

	"example.com/harbor/internal/web"
	"github.com/tidewater-labs/gaugekit"
)

type hub struct {
	app    *web.App
	gauges *gaugekit.Vec
}

// New returns the service.
func New(app *web.App) web.Service {
	h := &hub{app: app, gauges: gaugekit.NewVec()}
	app.Handle("/measure", func(w http.ResponseWriter, r *http.Request) {
		h.measure(r.URL.Query().Get("request"), r.Method)
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*4; i++ {
				app.Call("POST", fmt.Sprintf("/measure?request=%016x", app.Rand.Int63()), "")
			}
		},
		Held: func() (int64, int64) { return int64(h.gauges.Len()), int64(h.gauges.Len()) * 210 },
	}
}

// measure labels by request, of which there is no end.
func (h *hub) measure(request, method string) {
	if h.app.Fixed {
		request = "any"
	}
	h.gauges.With(1, "shop", method, request) // @leak
}
