// SPDX-License-Identifier: Apache-2.0

// Package feed asks an exchange for rates and gives up after a while.
package feed

import (
	"time"

	"example.com/harbor/internal/web"
)

type rate struct {
	pair  string
	value float64
}

type client struct {
	app  *web.App
	late int64
}

// New returns the service.
func New(app *web.App) web.Service {
	c := &client{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/5; i++ {
				app.Go(func() { c.rate(i) })
			}
		},
		Held: func() (int64, int64) { return c.late, c.late * 2900 },
	}
}

func (c *client) rate(i int) (rate, bool) {
	answer := make(chan rate)
	if c.app.Fixed {
		answer = make(chan rate, 1)
	}
	slow := time.Duration(i%9) * 100 * time.Millisecond
	go func() {
		time.Sleep(slow)
		answer <- rate{pair: "EURUSD", value: 1.07} // @leak
	}()
	select {
	case r := <-answer:
		return r, true
	case <-time.After(750 * time.Millisecond):
		if !c.app.Fixed {
			c.late++
		}
		return rate{}, false
	}
}
