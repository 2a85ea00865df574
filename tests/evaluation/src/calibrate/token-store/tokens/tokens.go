// SPDX-License-Identifier: Apache-2.0

// Package tokens keeps tokens for fourteen hours each.
package tokens

import (
	"fmt"
	"time"

	"example.com/harbor/internal/web"
)

type token struct {
	user  string
	claim [9]string
	until time.Time
}

type store struct {
	app *web.App
	all map[int]*token
	low int
	top int
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &store{app: app, all: make(map[int]*token)}
	return web.Service{Tick: func(n int) {
		now := app.Now()
		for i := 0; i < n; i++ {
			s.top++
			s.all[s.top] = &token{user: fmt.Sprint("user ", s.top), until: now.Add(14 * time.Hour)}
		}
		for s.low < s.top && (s.all[s.low] == nil || now.After(s.all[s.low].until)) {
			delete(s.all, s.low)
			s.low++
		}
	}}
}
