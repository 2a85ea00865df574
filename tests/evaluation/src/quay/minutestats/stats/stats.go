// SPDX-License-Identifier: Apache-2.0
package stats

import "time"

type Table struct {
	minutes map[int64]map[string]int
	Keep    int
}

func New() *Table { return &Table{minutes: map[int64]map[string]int{}} }

// Count adds a hit of a user in this slot; reports ask for slots later.
func (t *Table) Count(now time.Time, user string) {
	slot := now.Unix() / 5
	m := t.minutes[slot]
	if m == nil {
		m = make(map[string]int) // @also
		t.minutes[slot] = m
		if t.Keep > 0 {
			delete(t.minutes, slot-int64(t.Keep))
		}
	}
	m[user]++ // @leak
}
