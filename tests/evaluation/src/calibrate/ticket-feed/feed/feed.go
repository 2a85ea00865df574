// SPDX-License-Identifier: Apache-2.0

// Package feed gives each display its own channel of tickets; displays go, channels stay.
package feed

import (
	"example.com/harbor/internal/web"
)

type ticket struct {
	number int32
	gate   int32
}

type feed struct {
	app      *web.App
	displays []chan ticket
	number   int32
}

// New returns the service.
func New(app *web.App) web.Service {
	f := &feed{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < 1+n/3; i++ {
				f.join()
			}
			f.call(n)
			if app.Fixed {
				f.displays = nil
			}
		},
		Held: func() (int64, int64) { n := int64(len(f.displays)); return n, n * 2150 },
	}
}

func (f *feed) join() {
	f.displays = append(f.displays, make(chan ticket, 256)) // @leak
}

func (f *feed) call(n int) {
	for _, d := range f.displays {
		f.number++
		select {
		case d <- ticket{f.number, int32(n)}:
		default:
		}
	}
}
