// SPDX-License-Identifier: Apache-2.0

// Package files reads large files; the kernel keeps their pages until it needs the room.
package files

import (
	"example.com/harbor/internal/web"
)

// New returns the service.
func New(app *web.App) web.Service {
	pages := int64(10 << 20)
	buffer := make([]byte, 1<<20)
	return web.Service{Tick: func(n int) {
		if pages += int64(n) << 13; pages > 150<<20 {
			pages = 150 << 20
		}
		app.Container(192<<20, pages)
		for i := range buffer {
			buffer[i] += byte(n)
		}
	}}
}
