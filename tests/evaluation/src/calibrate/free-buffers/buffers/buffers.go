// SPDX-License-Identifier: Apache-2.0

// Package buffers keeps spare buffers in a channel; their number follows the busiest hour.
package buffers

import (
	"example.com/harbor/internal/web"
)

// New returns the service.
func New(app *web.App) web.Service {
	spare := make(chan []byte, 400)
	return web.Service{Tick: func(n int) {
		var used [][]byte
		for i := 0; i < n; i++ {
			select {
			case b := <-spare:
				used = append(used, b)
			default:
				used = append(used, make([]byte, 16<<10))
			}
		}
		for _, b := range used {
			select {
			case spare <- b:
			default:
			}
		}
	}}
}
