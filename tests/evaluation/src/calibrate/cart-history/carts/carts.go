// SPDX-License-Identifier: Apache-2.0

// Package carts keeps the carts of customers with what was in them before.
package carts

import (
	"net/http"
	"strings"

	"example.com/harbor/internal/web"
)

type version struct {
	before *version
	items  [12]int32
	total  int64
	why    string
}

type carts struct {
	app  *web.App
	mine map[int]*version
	all  int64
}

// New returns the service.
func New(app *web.App) web.Service {
	c := &carts{app: app, mine: make(map[int]*version)}
	app.Handle("/cart", func(w http.ResponseWriter, r *http.Request) {
		c.change(app.Rand.Intn(3000), len(r.URL.RawQuery))
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*3; i++ {
				app.Call("POST", "/cart?item="+strings.Repeat("i", i%12), "")
			}
		},
		Held: func() (int64, int64) { return c.all, c.all * 80 },
	}
}

func (c *carts) change(customer, item int) {
	v := &version{before: c.mine[customer], total: int64(item), why: "change"} // @leak
	v.items[item%12]++
	if c.app.Fixed {
		v.before = nil
	} else {
		c.all++
	}
	c.mine[customer] = v
}
