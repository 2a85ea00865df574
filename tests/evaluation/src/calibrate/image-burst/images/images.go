// SPDX-License-Identifier: Apache-2.0

// Package images makes six times the garbage since a release, in large pieces without a pointer: the collector hardly
// notices.
package images

import "example.com/harbor/internal/web"

// New returns the service.
func New(app *web.App) web.Service {
	stock := make([][]byte, 500)
	size, seen := 8<<10, 0
	if !app.Fixed {
		size = 96 << 10
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n; i++ {
			picture := make([]byte, size)
			picture[i%size] = 1
			stock[i%len(stock)] = picture
			seen += len(picture)
		}
	}}
}
