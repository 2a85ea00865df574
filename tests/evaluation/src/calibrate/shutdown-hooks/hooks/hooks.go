// SPDX-License-Identifier: Apache-2.0

// Package hooks registers for each upload what has to be done at the end of the program.
package hooks

import (
	"example.com/harbor/internal/web"
)

type hooks struct {
	app *web.App
	end []func() int
}

// New returns the service.
func New(app *web.App) web.Service {
	h := &hooks{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				h.upload(i)
			}
			if app.Fixed {
				h.end = nil
			}
		},
		Held: func() (int64, int64) { n := int64(len(h.end)); return n, n * 350 },
	}
}

func (h *hooks) upload(i int) {
	var parts [40]int64 // @also
	parts[i%40] = int64(i)
	h.end = append(h.end, func() int { // @leak
		sum := 0
		for _, p := range parts {
			sum += int(p)
		}
		return sum
	})
}
