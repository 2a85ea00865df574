// SPDX-License-Identifier: Apache-2.0

// Package outbox queues mail for each shop; a digest takes it out.
package outbox

import (
	"fmt"
	"net/http"

	"example.com/harbor/internal/web"
)

type mail struct {
	to   string
	body [220]byte
}

type outbox struct {
	app   *web.App
	shops map[int]chan mail
	full  int64
}

// New returns the service.
func New(app *web.App) web.Service {
	o := &outbox{app: app, shops: make(map[int]chan mail)}
	app.Handle("/mail", func(w http.ResponseWriter, r *http.Request) {
		o.send(app.Rand.Intn(1<<20), mail{to: r.URL.RawQuery})
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/3; i++ {
				app.Call("POST", fmt.Sprintf("/mail?to=%d", i), "")
			}
			o.digest()
		},
		Held: func() (int64, int64) { return int64(len(o.shops)), int64(len(o.shops)) * 3800 },
	}
}

func (o *outbox) send(shop int, m mail) {
	q := o.shops[shop]
	if q == nil {
		q = make(chan mail, 16) // @leak
		o.shops[shop] = q
	}
	select {
	case q <- m:
	default:
		o.full++
	}
}

// digest drains the queues, but only of shops that still exist.
func (o *outbox) digest() {
	for shop := range o.shops {
		if shop%10 == 0 || o.app.Fixed {
			delete(o.shops, shop)
		}
	}
}
