// SPDX-License-Identifier: Apache-2.0

// Package blocklist reads a list of words from a partner every few hours.
package blocklist

import (
	"fmt"
	"strings"
	"time"

	"example.net/lantern/internal/press"
)

type entry struct {
	word   string
	weight int
}

type filter struct {
	desk    *press.Desk
	words   []entry
	fetched time.Time
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	f := &filter{desk: desk}
	f.fetch(desk.Now())
	return press.Job{
		Tick: func(n int) {
			if now := desk.Now(); now.Sub(f.fetched) > 150*time.Minute {
				f.fetch(now)
			}
		},
		Held: func() (int64, int64) { return int64(len(f.words)), int64(len(f.words)) * 85 },
	}
}

// fetch adds the list to what is there instead of putting it in its place.
func (f *filter) fetch(now time.Time) {
	f.fetched = now
	if f.desk.Fixed {
		f.words = nil
	}
	for i := 0; i < 20000; i++ {
		f.words = append(f.words, entry{word: strings.ToUpper(fmt.Sprintf("unwanted word no %d", i)), weight: i}) // @leak
	}
}
