// SPDX-License-Identifier: Apache-2.0

// Package posters keeps the newest posters. What goes out of the map stays in the list.
package posters

import (
	"container/list"

	"example.net/lantern/internal/press"
)

type poster struct {
	film   int
	pixels [50]uint64
}

type cache struct {
	desk  *press.Desk
	films map[int]*list.Element
	order *list.List
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	c := &cache{desk: desk, films: make(map[int]*list.Element), order: list.New()}
	desk.On("POSTER", func(*press.Ask) { c.get(desk.Rand.Intn(200000)) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				desk.Ask("POSTER", "viewer", "film")
			}
		},
		Held: func() (int64, int64) {
			n := int64(c.order.Len() - len(c.films))
			return n, n * 480
		},
	}
}

func (c *cache) get(film int) *poster {
	if e := c.films[film]; e != nil {
		c.order.MoveToFront(e)
		return e.Value.(*poster)
	}
	one := draw(film)
	c.films[film] = c.order.PushFront(one) // @also
	if len(c.films) > 3000 {
		c.evict()
	}
	return one
}

func draw(film int) *poster {
	one := &poster{film: film} // @leak
	for i := range one.pixels {
		one.pixels[i] = uint64(film * i)
	}
	return one
}

func (c *cache) evict() {
	for film, e := range c.films {
		delete(c.films, film)
		if c.desk.Fixed {
			c.order.Remove(e)
		}
		return
	}
}
