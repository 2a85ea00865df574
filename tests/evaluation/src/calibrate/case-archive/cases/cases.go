// SPDX-License-Identifier: Apache-2.0

// Package cases keeps its cases in memory; a new chart gave the container less of it.
package cases

import (
	"example.com/harbor/internal/web"
)

type record struct {
	pages [3]*[2000]byte
}

// New returns the service.
func New(app *web.App) web.Service {
	limit := int64(60 << 20)
	if app.Fixed {
		limit = 256 << 20
	}
	app.Container(limit, 3<<20)
	all := make([]*record, 4500)
	for i := range all {
		all[i] = &record{pages: [3]*[2000]byte{scan(i), scan(i), scan(i)}}
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*5; i++ {
			all[app.Rand.Intn(len(all))].pages[i%3] = scan(i)
		}
	}}
}

func scan(n int) *[2000]byte {
	page := new([2000]byte)
	for i := range page {
		page[i] = byte(n + i)
	}
	return page
}
