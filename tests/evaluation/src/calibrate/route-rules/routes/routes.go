// SPDX-License-Identifier: Apache-2.0

// Package routes matches parcels with the patterns of their zone.
package routes

import (
	"fmt"
	"regexp"

	"example.com/harbor/internal/web"
)

type router struct {
	app   *web.App
	ready []*regexp.Regexp
	hits  int
}

var patterns = []string{`^(DE|AT|CH)-[0-9]{4,5}$`, `^[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}$`, `^[0-9]{2}-[0-9]{3}$`}

// New returns the service.
func New(app *web.App) web.Service {
	r := &router{app: app}
	for _, p := range patterns {
		r.ready = append(r.ready, regexp.MustCompile(p))
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*150; i++ {
			r.match(fmt.Sprintf("%02d-%03d", i%100, i%1000))
		}
	}}
}

func (r *router) match(code string) {
	for i, p := range patterns {
		re := r.ready[i]
		if !r.app.Fixed {
			re = regexp.MustCompile(p) // @leak
		}
		if re.MatchString(code) {
			r.hits++
			return
		}
	}
}
