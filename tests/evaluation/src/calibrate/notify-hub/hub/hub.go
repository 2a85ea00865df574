// SPDX-License-Identifier: Apache-2.0

// Package hub has a queue for each tenant; tenants that are gone keep theirs, with all in it.
package hub

import (
	"fmt"

	"example.com/harbor/internal/web"
)

type note struct {
	to   string
	text []byte
}

type hub struct {
	app    *web.App
	queues map[string]chan *note
	open   int64
	sent   int
}

// New returns the service.
func New(app *web.App) web.Service {
	h := &hub{app: app, queues: map[string]chan *note{}}
	return web.Service{
		Tick: func(n int) {
			h.open++
			tenant := fmt.Sprint("tenant ", h.open/10)
			for i := 0; i < n; i++ {
				h.send(tenant, i)
			}
			if app.Fixed {
				for len(h.queues[tenant]) > 0 {
					h.sent += len((<-h.queues[tenant]).text)
				}
				delete(h.queues, tenant)
			}
		},
		Held: func() (int64, int64) { n := int64(len(h.queues)); return n, n * 1024 * 330 },
	}
}

func (h *hub) send(tenant string, i int) {
	q := h.queues[tenant]
	if q == nil {
		q = make(chan *note, 1024) // @also
		h.queues[tenant] = q       // @also
	}
	select {
	case q <- &note{to: tenant, text: make([]byte, 200+i%100)}: // @leak
	default:
	}
}
