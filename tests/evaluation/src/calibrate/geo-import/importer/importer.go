// SPDX-License-Identifier: Apache-2.0

// Package importer loads a big table once a day, keeps it, and drops the one before.
package importer

import (
	"fmt"

	"example.com/harbor/internal/web"
)

type place struct {
	name     string
	lat, lon float64
}

type tables struct {
	app     *web.App
	current map[string]*place
	day     int
}

// New returns the service.
func New(app *web.App) web.Service {
	t := &tables{app: app}
	return web.Service{Tick: func(n int) {
		if day := app.Now().YearDay(); day != t.day {
			t.day = day
			t.load(60000 + app.Rand.Intn(9000))
		}
	}}
}

func (t *tables) load(n int) {
	next := make(map[string]*place)
	for i := 0; i < n; i++ {
		name := fmt.Sprintf("place-%d-%d", t.day, i)
		next[name] = &place{name: name, lat: float64(i), lon: float64(-i)}
	}
	t.current = next
}
