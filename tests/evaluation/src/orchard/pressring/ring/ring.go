// SPDX-License-Identifier: Apache-2.0

// Package ring keeps the readings of the last minute, a slot for each second.
package ring

import (
	"sync"
	"time"
)

type Reading struct {
	At        int64
	Press     int
	Bar, Temp float64
	Valves    [10]uint32
}

type Ring struct {
	mu     sync.Mutex
	slots  [][]Reading
	begun  []int64
	strict bool
}

func New(seconds int, strict bool) *Ring {
	return &Ring{slots: make([][]Reading, seconds), begun: make([]int64, seconds), strict: strict}
}

// Add puts a batch into the slot of its second.
func (r *Ring) Add(now time.Time, batch []Reading) {
	r.mu.Lock()
	defer r.mu.Unlock()
	second := now.Unix()
	i := int(second % int64(len(r.slots)))
	if r.begun[i] != second {
		r.begun[i] = second
		if r.strict {
			r.slots[i] = r.slots[i][:0]
		}
	}
	r.slots[i] = append(r.slots[i], batch...) // @leak
}

// Mean is that of the last second that is complete.
func (r *Ring) Mean(now time.Time) float64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	slot := r.slots[int((now.Unix()-1)%int64(len(r.slots)))]
	if len(slot) > 1000 {
		slot = slot[len(slot)-1000:]
	}
	sum := 0.0
	for _, reading := range slot {
		sum += reading.Bar
	}
	return sum / float64(len(slot)+1)
}
