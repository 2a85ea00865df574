// SPDX-License-Identifier: Apache-2.0

// Package talks has more conversations from hour to hour; each has a goroutine and ends after an hour and a half.
package talks

import (
	"time"

	"example.com/harbor/internal/web"
)

type talks struct {
	app   *web.App
	end   chan struct{}
	hours float64
}

// New returns the service.
func New(app *web.App) web.Service {
	t := &talks{app: app, end: make(chan struct{})}
	return web.Service{Tick: func(n int) {
		t.hours += 0.2
		for i := 0; i < int(float64(n)*(1+t.hours/6)/4); i++ {
			go t.talk(time.NewTimer(time.Duration(80+i%20) * time.Minute))
		}
	}}
}

func (t *talks) talk(end *time.Timer) {
	text := make([]byte, 1500)
	select {
	case <-end.C:
	case <-t.end:
	}
	text[0]++
}
