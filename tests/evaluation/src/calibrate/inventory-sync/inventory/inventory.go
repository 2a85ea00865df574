// SPDX-License-Identifier: Apache-2.0

// Package inventory merges counts of the shelves.
package inventory

import (
	"runtime"

	"example.com/harbor/internal/web"
)

type inventory struct {
	app    *web.App
	counts map[int]int
	merges int
}

// New returns the service.
func New(app *web.App) web.Service {
	v := &inventory{app: app, counts: make(map[int]int)}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/12; i++ {
				v.merge()
			}
		},
	}
}

func (v *inventory) merge() {
	batch := make([]int, 20000)
	for i := range batch {
		v.counts[i%500] += batch[i] + 1
	}
	v.merges++
	if !v.app.Fixed {
		runtime.GC() // "frees the batch at once"
	}
}
