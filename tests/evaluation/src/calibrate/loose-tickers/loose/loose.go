// SPDX-License-Identifier: Apache-2.0

// Package loose forgets tickers, which is no fault since Go 1.23: what nobody holds is collected.
package loose

import (
	"time"

	"example.com/harbor/internal/web"
)

// New returns the service.
func New(app *web.App) web.Service {
	late := 0
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*4; i++ {
			ticker := time.NewTicker(time.Hour)
			select {
			case <-ticker.C:
				late++
			case <-time.After(0):
			default:
			}
		}
	}}
}
