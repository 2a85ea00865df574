// SPDX-License-Identifier: Apache-2.0

// Package calm gives every call a deadline and takes it back, and stops its timers.
package calm

import (
	"context"
	"time"

	"example.com/harbor/internal/web"
)

// New returns the service.
func New(app *web.App) web.Service {
	open := make([]*time.Timer, 2500)
	next := 0
	return web.Service{Tick: func(n int) {
		for i := 0; i < n; i++ {
			ctx, cancel := context.WithTimeout(context.Background(), 24*time.Hour)
			if ctx.Err() == nil {
				cancel()
			}
			if old := open[next]; old != nil {
				old.Stop()
			}
			open[next] = time.AfterFunc(72*time.Hour, func() {})
			next = (next + 1) % len(open)
		}
	}}
}
