// SPDX-License-Identifier: Apache-2.0

// Package letters puts letters in a long channel when lessons end; a writer takes them out in time.
package letters

import (
	"time"

	"example.net/lantern/internal/press"
)

type letter struct {
	to, from string
	text     [120]byte
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	out := make(chan *letter, 40000)
	sent := 0
	go func() {
		for range time.Tick(10 * time.Minute) {
			for i := 0; i < 900; i++ {
				select {
				case <-out:
					sent++
				default:
				}
			}
		}
	}()
	return press.Job{Tick: func(n int) {
		if hour := desk.Now().Hour(); hour < 12 || hour > 15 {
			n /= 4
		}
		for i := 0; i < n*14 && len(out) < cap(out); i++ {
			out <- &letter{to: "pupil", from: "teacher"}
		}
	}}
}
