// SPDX-License-Identifier: Apache-2.0

// Package service answers in JSON all day, as services do.
package service

import (
	"encoding/json"
	"fmt"
	"net/http"

	"example.com/harbor/internal/web"
)

type item struct {
	Name  string
	Price float64
	Tags  []string
}

type service struct {
	app   *web.App
	items []item
	sent  int
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &service{app: app}
	for i := 0; i < 60000; i++ {
		s.items = append(s.items, item{Name: fmt.Sprint("item ", i), Price: float64(i), Tags: []string{"a", "b"}})
	}
	app.Handle("/items", func(w http.ResponseWriter, r *http.Request) {
		from := app.Rand.Intn(len(s.items) - 30)
		_ = json.NewEncoder(w).Encode(s.items[from : from+30])
	})
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*12; i++ {
			s.sent += app.Call("GET", "/items", "")
		}
	}}
}
