// SPDX-License-Identifier: Apache-2.0

// Package peak needs nearly all of its container while it starts, and half of it afterwards.
package peak

import (
	"runtime/debug"

	"example.net/lantern/internal/press"
)

type row struct {
	cells [60]int64
	next  *row
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	desk.Container(150<<20, 4<<20)
	raw := make([]*row, 220000)
	for i := range raw {
		raw[i] = new(row)
		raw[i].cells[0] = int64(i)
	}
	packed := append([]*row(nil), raw[:30000]...)
	ticks := 0
	return press.Job{Tick: func(n int) {
		if ticks++; ticks == 12 {
			raw = nil
			debug.FreeOSMemory()
		}
		for i := 0; i < n*8; i++ {
			one := new(row)
			one.cells[0] = int64(i)
			packed[desk.Rand.Intn(len(packed))] = one
		}
	}}
}
