// SPDX-License-Identifier: Apache-2.0

// Package deep reads books that are nested a thousand times, a few of them on some afternoons.
package deep

import (
	"time"

	"example.net/lantern/internal/press"
)

type reader struct {
	words int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	r := new(reader)
	return press.Job{Tick: func(n int) {
		if desk.Rand.Intn(9) != 0 {
			return
		}
		for i := 0; i < 6+desk.Rand.Intn(20); i++ {
			go r.section(400 + desk.Rand.Intn(2000))
		}
	}}
}

func (r *reader) section(depth int) int64 {
	var marks [40]int64
	if depth == 0 {
		time.Sleep(25 * time.Minute)
		return 1
	}
	marks[depth%40] = r.section(depth-1) + 1
	return marks[depth%40]
}
