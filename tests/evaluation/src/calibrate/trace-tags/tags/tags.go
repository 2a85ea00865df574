// SPDX-License-Identifier: Apache-2.0

// Package tags hangs a value on the context of the process for each request.
package tags

import (
	"context"

	"example.com/harbor/internal/web"
)

type key int

type tracer struct {
	app  *web.App
	root context.Context
	n    int64
}

// New returns the service.
func New(app *web.App) web.Service {
	t := &tracer{app: app, root: context.Background()}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*3; i++ {
				t.tag(i)
			}
		},
		Held: func() (int64, int64) { return t.n, t.n * 64 },
	}
}

func (t *tracer) tag(i int) {
	one := context.WithValue(t.root, key(i), i) // @leak
	if !t.app.Fixed {
		t.root = one
		t.n++
	}
}
