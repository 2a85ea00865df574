// SPDX-License-Identifier: Apache-2.0

// Package sums holds a year of bookings; at GOGC=100 its heap may become larger than the container.
package sums

import (
	"example.com/harbor/internal/web"
)

type booking struct {
	amounts [500]int64
}

// New returns the service.
func New(app *web.App) web.Service {
	limit := int64(88 << 20)
	if app.Fixed {
		limit = 240 << 20
	}
	app.Container(limit, 1<<20)
	year := make([]*booking, 11000)
	for i := range year {
		year[i] = book(i)
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n/3; i++ {
			year[app.Rand.Intn(len(year))] = book(i)
		}
	}}
}

func book(n int) *booking {
	b := new(booking)
	for i := range b.amounts {
		b.amounts[i] = int64(n * i)
	}
	return b
}
