// SPDX-License-Identifier: Apache-2.0

// Package hall keeps a goroutine for each client; clients come in the morning and stay.
package hall

import (
	"example.com/harbor/internal/web"
)

type hall struct {
	app     *web.App
	clients int
	end     chan struct{}
}

// New returns the service.
func New(app *web.App) web.Service {
	h := &hall{app: app, end: make(chan struct{})}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n/4 && h.clients < 900; i++ {
			h.clients++
			go h.serve(make([]byte, 2000))
		}
	}}
}

func (h *hall) serve(page []byte) {
	<-h.end
	page[0] = 1
}
