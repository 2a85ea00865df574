// SPDX-License-Identifier: Apache-2.0

// Package cues plays cues on a stage, until the stage is closed.
package cues

import (
	"context"

	"example.net/lantern/internal/press"
)

type cue struct {
	name   string
	lights [8]uint64
	off    bool
}

type stage struct {
	desk  *press.Desk
	base  context.Context
	close context.CancelFunc
	open  int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	s := &stage{desk: desk}
	s.base, s.close = context.WithCancel(context.Background())
	desk.On("CUE", func(a *press.Ask) { s.play(a.Body) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/2; i++ {
				desk.Ask("CUE", "director", "fade")
			}
		},
		Held: func() (int64, int64) { return s.open, s.open * 380 },
	}
}

// play sees to it that lights go out with the stage, and does not take it back after the cue.
func (s *stage) play(name string) {
	c := &cue{name: name}                                      // @also
	stop := context.AfterFunc(s.base, func() { c.off = true }) // @leak
	c.lights[len(name)%8]++
	if s.desk.Fixed {
		stop()
		return
	}
	s.open++
}
