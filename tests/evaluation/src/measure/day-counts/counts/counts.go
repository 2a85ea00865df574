// SPDX-License-Identifier: Apache-2.0

// Package counts counts readers of each article for a day, and begins anew at midnight.
package counts

import (
	"fmt"

	"example.net/lantern/internal/press"
)

type count struct {
	reads  int
	places [30]int32
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	day := desk.Now().YearDay()
	reads := make(map[string]*count)
	return press.Job{Tick: func(n int) {
		if today := desk.Now().YearDay(); today != day {
			day = today
			reads = make(map[string]*count)
		}
		for i := 0; i < n*3; i++ {
			key := fmt.Sprint("article-", desk.Rand.Intn(400000))
			one := reads[key]
			if one == nil {
				one = new(count)
				reads[key] = one
			}
			one.reads++
			one.places[i%30]++
		}
	}}
}
