// SPDX-License-Identifier: Apache-2.0

// Package sessions keeps sessions for a day; there are more of them by day than by night.
package sessions

import (
	"fmt"
	"net/http"
	"time"

	"example.com/harbor/internal/web"
)

type session struct {
	user  string
	cart  []int64
	until time.Time
}

type store struct {
	app *web.App
	all map[string]*session
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &store{app: app, all: make(map[string]*session)}
	app.Handle("/login", func(w http.ResponseWriter, r *http.Request) {
		user := fmt.Sprintf("u%d", app.Rand.Int31())
		s.all[user] = &session{user: user, cart: make([]int64, 120), until: app.Now().Add(20 * time.Hour)}
	})
	return web.Service{Tick: func(n int) {
		for i := 0; i < n; i++ {
			app.Call("POST", "/login", "")
		}
		for user, one := range s.all {
			if app.Now().After(one.until) {
				delete(s.all, user)
			}
		}
	}}
}
