// SPDX-License-Identifier: Apache-2.0

// Package quota keeps quotas of customers within a memory limit.
package quota

import (
	"fmt"
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type record struct {
	history [220]uint32
	name    string
}

type store struct {
	app *web.App
	all []*record
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &store{app: app}
	if app.Fixed {
		debug.SetMemoryLimit(400 << 20)
	} else {
		debug.SetMemoryLimit(40 << 20)
	}
	return web.Service{
		Tick: func(n int) {
			if len(s.all) < 40000 {
				for i := 0; i < 2300; i++ {
					s.all = append(s.all, &record{name: fmt.Sprint("customer ", i)})
				}
			}
			for i := 0; i < n; i++ {
				s.query(i)
			}
		},
	}
}

func (s *store) query(i int) int {
	rows := make([]*record, 0, 200)
	for j := 0; j < 200 && j < len(s.all); j++ {
		rows = append(rows, s.all[(i*31+j)%len(s.all)])
	}
	text := make([]byte, 0, 4096)
	for _, r := range rows {
		text = append(text, r.name...)
	}
	return len(text)
}
