// SPDX-License-Identifier: Apache-2.0

// Package labels was given a memory limit for the catalogue of a pilot town. The whole country is in it now.
package labels

import (
	"fmt"
	"runtime/debug"

	"example.com/harbor/internal/web"
)

type label struct {
	text  string
	parts []*label
}

// New returns the service.
func New(app *web.App) web.Service {
	limit := int64(26 << 20)
	if app.Fixed {
		limit = 160 << 20
	}
	debug.SetMemoryLimit(limit)
	all := make([]*label, 0, 110000)
	for i := 0; i < 110000; i++ {
		l := &label{text: fmt.Sprint("label of parcel ", i)}
		if i > 4 {
			l.parts = append(l.parts, all[i/2], all[i/3])
		}
		all = append(all, l)
	}
	seen := 0
	return web.Service{Tick: func(n int) {
		for i := 0; i < n; i++ {
			seen += len(fmt.Sprintf("%s of %s", all[i%len(all)].text, all[i*31%len(all)].text))
		}
	}}
}
