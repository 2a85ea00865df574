// SPDX-License-Identifier: Apache-2.0

// Package scans hands scans to one slow worker through a very long channel.
package scans

import (
	"fmt"

	"example.com/harbor/internal/web"
)

type scan struct {
	code  string
	image []byte
}

type line struct {
	app   *web.App
	queue chan *scan
	done  int
}

// New returns the service.
func New(app *web.App) web.Service {
	l := &line{app: app, queue: make(chan *scan, 1<<20)}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				l.add(i)
			}
			take := n * 3 / 4
			if app.Fixed {
				take = len(l.queue)
			}
			for i := 0; i < take; i++ {
				l.done += len((<-l.queue).image)
			}
		},
		Held: func() (int64, int64) { n := int64(len(l.queue)); return n, n * 900 },
	}
}

func (l *line) add(i int) {
	s := &scan{code: fmt.Sprint("scan ", i), image: make([]byte, 700+i%400)} // @leak
	l.queue <- s                                                             // @also
}
