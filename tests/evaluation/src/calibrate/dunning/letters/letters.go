// SPDX-License-Identifier: Apache-2.0

// Package letters gives each letter a week and throws the cancel function away.
package letters

import (
	"context"
	"fmt"
	"time"

	"example.com/harbor/internal/web"
)

type office struct {
	app  *web.App
	base context.Context
	sent int64
}

// New returns the service.
func New(app *web.App) web.Service {
	base, cancel := context.WithCancel(context.Background())
	_ = cancel
	o := &office{app: app, base: base}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*2; i++ {
				o.send(i)
			}
		},
		Held: func() (int64, int64) { return o.sent, o.sent * 400 },
	}
}

func (o *office) send(i int) {
	ctx, cancel := context.WithTimeout(o.base, 7*24*time.Hour) // @leak
	if o.app.Fixed {
		defer cancel()
	} else {
		o.sent++
	}
	post(ctx, fmt.Sprint("letter ", i))
}

func post(ctx context.Context, letter string) {
	if ctx.Err() != nil {
		panic(letter)
	}
}
