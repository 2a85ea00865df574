// SPDX-License-Identifier: Apache-2.0

// Package crowd has more visitors from hour to hour, each of whom stays for two.
package crowd

import (
	"net/http"
	"time"

	"example.com/harbor/internal/web"
)

type visitor struct {
	until time.Time
	pages [20]string
	form  []byte
}

type crowd struct {
	app    *web.App
	inside []*visitor
	hours  float64
}

// New returns the service.
func New(app *web.App) web.Service {
	c := &crowd{app: app}
	app.Handle("/enter", func(w http.ResponseWriter, r *http.Request) { c.enter() })
	return web.Service{Tick: func(n int) {
		c.hours += 0.2
		for i := 0; i < int(float64(n)*(1+c.hours/7)); i++ {
			app.Call("GET", "/enter", "")
			app.Call("GET", "/browse?q=enter", "")
		}
		c.leave()
	}}
}

func (c *crowd) enter() {
	c.inside = append(c.inside, &visitor{until: c.app.Now().Add(2 * time.Hour), form: make([]byte, 5000)})
}

func (c *crowd) leave() {
	now := c.app.Now()
	stay := c.inside[:0]
	for _, v := range c.inside {
		if now.Before(v.until) {
			stay = append(stay, v)
		}
	}
	for i := len(stay); i < len(c.inside); i++ {
		c.inside[i] = nil
	}
	c.inside = stay
}
