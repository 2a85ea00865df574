// SPDX-License-Identifier: Apache-2.0

// Package pace lets a download go on with each half hour's quota.
package pace

import (
	"time"

	"example.net/lantern/internal/press"
)

type download struct {
	title string
	left  int
}

type pacer struct {
	desk *press.Desk
	half <-chan time.Time
	runs int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	p := &pacer{desk: desk, half: time.Tick(30 * time.Minute)}
	desk.On("GET", func(a *press.Ask) { p.run(&download{title: a.Body, left: 3}) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/2; i++ {
				desk.Ask("GET", "reader", "book")
			}
		},
		Held: func() (int64, int64) { return p.runs, p.runs * 225 },
	}
}

func (p *pacer) run(d *download) {
	quota := p.half
	if !p.desk.Fixed {
		quota = time.Tick(30 * time.Minute) // @leak
		p.runs++
	}
	for d.left > 0 {
		select {
		case <-quota:
			d.left++
		default:
			d.left--
		}
	}
}
