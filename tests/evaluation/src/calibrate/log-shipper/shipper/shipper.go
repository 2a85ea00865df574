// SPDX-License-Identifier: Apache-2.0

// Package shipper buffers log lines until they are shipped; it falls behind in bursts.
package shipper

import (
	"fmt"

	"example.com/harbor/internal/web"
)

type line struct {
	at   int64
	text string
}

type shipper struct {
	app     *web.App
	backlog []line
	burst   float64
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &shipper{app: app}
	return web.Service{Tick: func(n int) {
		s.burst *= 0.8
		if app.Rand.Intn(12) == 0 {
			s.burst = 9
		}
		for i := 0; i < int(float64(n)*(4+6*s.burst)); i++ {
			s.backlog = append(s.backlog, line{at: int64(i), text: fmt.Sprintf("line %d of a log with some text", app.Rand.Int63())})
		}
		s.ship(n * 45)
	}}
}

func (s *shipper) ship(n int) {
	if n > len(s.backlog) {
		n = len(s.backlog)
	}
	s.backlog = append([]line(nil), s.backlog[n:]...)
}
