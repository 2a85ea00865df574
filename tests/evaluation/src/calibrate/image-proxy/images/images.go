// SPDX-License-Identifier: Apache-2.0

// Package images maps a cache of pictures outside of Go's heap; it takes most of the container.
package images

import (
	"syscall"

	"example.com/harbor/internal/web"
)

// New returns the service.
func New(app *web.App) web.Service {
	size := 102 << 20
	if app.Fixed {
		size = 24 << 20
	}
	app.Container(128<<20, 1<<20)
	area, err := syscall.Mmap(-1, 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		panic(err)
	}
	for i := 0; i < size; i += 4096 {
		area[i] = 1
	}
	next := 0
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*20; i++ {
			next = (next + 7919) % size
			area[next]++
		}
	}}
}
