// SPDX-License-Identifier: Apache-2.0

// Package nights transcodes at night what came in by day, in a container that is large enough by day.
package nights

import (
	"example.net/lantern/internal/press"
)

type frame struct {
	planes [3 << 10]byte
	next   *frame
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	limit := int64(90 << 20)
	if desk.Fixed {
		limit = 240 << 20
	}
	desk.Container(limit, 6<<20)
	held := make([]*frame, 12000)
	return press.Job{Tick: func(n int) {
		size, work := 2500, n*12
		if hour := desk.Now().Hour(); hour >= 1 && hour < 6 {
			size, work = 11000, n*120
		}
		for i := size; i < len(held); i++ {
			held[i] = nil
		}
		for i := 0; i < work; i++ {
			f := new(frame)
			f.planes[0], f.planes[2048] = 1, 2
			held[desk.Rand.Intn(size)] = f
		}
	}}
}
