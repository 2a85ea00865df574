// SPDX-License-Identifier: Apache-2.0

// Package chat keeps the talk of live streams. GOMEMLIMIT is the request of its container.
package chat

import (
	"runtime/debug"

	"example.net/lantern/internal/press"
)

type line struct {
	by, in uint32
	text   [28]uint64
	reply  *line
}

type talk struct {
	desk  *press.Desk
	lines []*line
	hits  uint64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	limit := int64(56 << 20)
	if desk.Fixed {
		limit = 400 << 20
	}
	debug.SetMemoryLimit(limit)
	t := &talk{desk: desk}
	return press.Job{Tick: func(n int) {
		for i := 0; i < 9000 && len(t.lines) < 200000; i++ {
			t.lines = append(t.lines, new(line))
		}
		for i := 0; i < n*15; i++ {
			t.lines[desk.Rand.Intn(len(t.lines))] = &line{by: uint32(i)}
		}
		for i := 0; i < n*150; i++ {
			for _, word := range t.lines[i*7919%len(t.lines)].text {
				t.hits += word ^ uint64(i)
			}
		}
	}}
}
