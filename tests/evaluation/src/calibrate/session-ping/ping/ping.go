// SPDX-License-Identifier: Apache-2.0

// Package ping keeps mobile sessions awake.
package ping

import (
	"fmt"
	"net/http"
	"time"

	"example.com/harbor/internal/web"
)

type line struct {
	ticker *time.Ticker
	user   string
	missed int
}

type pinger struct {
	app  *web.App
	lost int64
}

// New returns the service.
func New(app *web.App) web.Service {
	p := &pinger{app: app}
	app.Handle("/connect", p.connect)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				app.Call("POST", fmt.Sprintf("/connect?u=%d", i), "")
			}
		},
		Held: func() (int64, int64) { return p.lost, p.lost * 210 },
	}
}

func (p *pinger) connect(w http.ResponseWriter, r *http.Request) {
	l := p.open(r.URL.RawQuery)
	l.missed++
	if p.app.Fixed {
		l.ticker.Stop()
		return
	}
	p.lost++ // the line is dropped with its ticker running
}

func (p *pinger) open(user string) *line {
	return &line{user: user, ticker: time.NewTicker(9 * time.Hour)} // @leak
}
