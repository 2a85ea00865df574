// SPDX-License-Identifier: Apache-2.0

// Package frames throws much away, with a small live heap and GOGC=400 since ever.
package frames

import (
	"runtime/debug"

	"example.net/lantern/internal/press"
)

// New returns the service.
func New(desk *press.Desk) press.Job {
	debug.SetGCPercent(400)
	frames := make([][]byte, 500)
	sum := 0
	return press.Job{Tick: func(n int) {
		for i := 0; i < n*6; i++ {
			frame := make([]byte, 24<<10)
			for j := 0; j < len(frame); j += 4 {
				frame[j] = byte(j * i)
				sum += int(frame[j])
			}
			frames[i%len(frames)] = frame
		}
	}}
}
