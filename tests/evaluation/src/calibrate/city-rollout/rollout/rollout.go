// SPDX-License-Identifier: Apache-2.0

// Package rollout serves more and more cities of a rollout, until all are there.
package rollout

import (
	"fmt"

	"example.com/harbor/internal/web"
)

type city struct {
	streets [][]string
}

type cities struct {
	app *web.App
	all []*city
	day int
}

// New returns the service.
func New(app *web.App) web.Service {
	c := &cities{app: app}
	return web.Service{Tick: func(n int) {
		c.day++
		if c.day%4 == 0 && len(c.all) < 24 {
			c.all = append(c.all, c.load(len(c.all)))
		}
		for _, one := range c.all {
			one.streets[c.day%len(one.streets)] = c.street(n)
		}
	}}
}

func (c *cities) load(seed int) *city {
	one := &city{}
	for i := 0; i < 180; i++ {
		one.streets = append(one.streets, c.street(seed+i))
	}
	return one
}

func (c *cities) street(n int) []string {
	names := make([]string, 40)
	for i := range names {
		names[i] = fmt.Sprintf("house %d of %d", i, n)
	}
	return names
}
