// SPDX-License-Identifier: Apache-2.0

// Package bells keeps a ticker in each session and loses sessions without stopping it.
package bells

import (
	"fmt"
	"time"

	"example.com/harbor/internal/web"
)

type session struct {
	user string
	beat *time.Ticker
}

type tower struct {
	app *web.App
	all map[string]*session
	n   int64
}

// New returns the service.
func New(app *web.App) web.Service {
	t := &tower{app: app, all: map[string]*session{}}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				t.n++
				id := fmt.Sprint("session ", t.n)
				t.open(id)
				if app.Fixed {
					t.all[id].beat.Stop()
					delete(t.all, id)
				}
			}
		},
		Held: func() (int64, int64) { n := int64(len(t.all)); return n, n * 500 },
	}
}

func (t *tower) open(id string) {
	s := &session{user: id}                 // @also
	s.beat = time.NewTicker(24 * time.Hour) // @leak
	t.all[id] = s                           // @also
}
