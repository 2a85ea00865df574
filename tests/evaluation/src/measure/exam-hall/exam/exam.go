// SPDX-License-Identifier: Apache-2.0

// Package exam lets pupils in one after another until all 420 seats are taken; they stay.
package exam

import (
	"example.net/lantern/internal/press"
)

type seat struct {
	answers chan string
	over    chan struct{}
	sheet   [100]string
}

func (s *seat) write() {
	for {
		select {
		case a := <-s.answers:
			s.sheet[len(a)%100] = a
		case <-s.over:
			return
		}
	}
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	over := make(chan struct{})
	var seats []*seat
	return press.Job{Tick: func(n int) {
		for i := 0; i < 3+desk.Rand.Intn(9) && len(seats) < 420; i++ {
			s := &seat{answers: make(chan string), over: over}
			seats = append(seats, s)
			go s.write()
		}
		for i := 0; i < n/5; i++ {
			seats[desk.Rand.Intn(len(seats))].answers <- "an answer"
		}
	}}
}
