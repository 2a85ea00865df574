// SPDX-License-Identifier: Apache-2.0

// Package gateway runs under a unit whose MemoryHigh was copied from a smaller service.
package gateway

import "example.com/harbor/internal/web"

type scanned struct {
	code  [200]byte
	after *scanned
}

// New returns the service.
func New(app *web.App) web.Service {
	app.Container(512<<20, 3<<20)
	if !app.Fixed {
		app.High(54 << 20)
	}
	codes := make([]*scanned, 160000)
	for i := range codes {
		codes[i] = new(scanned)
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*60; i++ {
			codes[app.Rand.Intn(len(codes))] = new(scanned)
		}
	}}
}
