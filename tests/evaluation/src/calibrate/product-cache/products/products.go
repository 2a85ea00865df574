// SPDX-License-Identifier: Apache-2.0

// Package products serves products from a bounded cache that fills slowly.
package products

import (
	"net/http"

	"example.com/harbor/internal/web"
)

type item struct {
	id    int
	page  []byte
	terms []string
}

type cache struct {
	app   *web.App
	items map[int]*item
	ring  []int
	next  int
}

// New returns the service.
func New(app *web.App) web.Service {
	c := &cache{app: app, items: make(map[int]*item), ring: make([]int, 9000)}
	app.Handle("/product", func(w http.ResponseWriter, r *http.Request) {
		c.get(int(app.Rand.ExpFloat64() * 20000))
	})
	return web.Service{Tick: func(n int) {
		for i := 0; i < n; i++ {
			app.Call("GET", "/product", "")
		}
	}}
}

func (c *cache) get(id int) *item {
	if it := c.items[id]; it != nil {
		return it
	}
	it := &item{id: id, page: make([]byte, 1500+id%2000), terms: make([]string, id%12)}
	delete(c.items, c.ring[c.next])
	c.ring[c.next] = id
	c.next = (c.next + 1) % len(c.ring)
	c.items[id] = it
	return it
}
