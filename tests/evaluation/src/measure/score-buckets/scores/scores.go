// SPDX-License-Identifier: Apache-2.0

// Package scores groups courses by their mean score while a survey is open.
package scores

import (
	"math"

	"example.net/lantern/internal/press"
)

type bucket struct {
	courses []int32
	counts  [80]int32
}

type board struct {
	desk *press.Desk
	open map[float64]*bucket
	last []float64
	lost int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	b := &board{desk: desk, open: make(map[float64]*bucket)}
	desk.On("SURVEY", func(a *press.Ask) { b.survey(len(a.Who)%7, len(a.Body)%9) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n*3; i++ {
				desk.Ask("SURVEY", "course-1234567"[:7+desk.Rand.Intn(7)], "fair or good"[:desk.Rand.Intn(12)])
			}
			b.close()
		},
		Held: func() (int64, int64) { return b.lost, b.lost * 440 },
	}
}

// survey counts a course whose mean is not a number when nobody has voted yet.
func (b *board) survey(sum, votes int) {
	mean := float64(sum*votes) / float64(votes)
	if math.IsNaN(mean) && b.desk.Fixed {
		mean = 0
	}
	one := b.open[mean]
	if one == nil {
		one = &bucket{courses: make([]int32, 4)} // @leak
		b.open[mean] = one                       // @also
		b.last = append(b.last, mean)
	}
	one.counts[sum]++
}

func (b *board) close() {
	for _, mean := range b.last {
		delete(b.open, mean)
	}
	b.last = b.last[:0]
	b.lost = int64(len(b.open))
}
