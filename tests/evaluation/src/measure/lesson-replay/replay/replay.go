// SPDX-License-Identifier: Apache-2.0

// Package replay queues what pupils did, and plays it again. Up to 1.8.0 what was played stayed in front
// of the head of the queue.
package replay

import (
	"time"

	"example.net/lantern/internal/press"
)

type event struct {
	at     time.Time
	pupil  int32
	lesson int32
	stroke [10]int16
}

type queue struct {
	desk  *press.Desk
	items []event
	head  int
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	q := &queue{desk: desk}
	desk.On("STROKE", func(*press.Ask) {
		for i := 0; i < 12; i++ {
			q.push(event{at: desk.Now(), pupil: desk.Rand.Int31()})
		}
	})
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/3; i++ {
				desk.Ask("STROKE", "pupil", "line")
			}
			for q.head < len(q.items) {
				q.pop()
			}
		},
		Held: func() (int64, int64) { return int64(q.head), int64(q.head) * 56 },
	}
}

func (q *queue) push(e event) {
	q.items = append(q.items, e) // @leak
}

func (q *queue) pop() event {
	e := q.items[q.head]
	q.head++
	if q.desk.Fixed && q.head == len(q.items) {
		q.items, q.head = q.items[:0], 0
	}
	return e
}
