// SPDX-License-Identifier: Apache-2.0

// Package batch makes reports: memory rises for hours and falls at once.
package batch

import (
	"fmt"

	"example.com/harbor/internal/web"
)

type row struct {
	cells []string
	sum   float64
}

type batch struct {
	app  *web.App
	rows []*row
	part int
}

// New returns the service.
func New(app *web.App) web.Service {
	b := &batch{app: app}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*4; i++ {
			b.rows = append(b.rows, &row{cells: []string{fmt.Sprint(i), fmt.Sprint(app.Rand.Int63()), "report"}})
		}
		if b.part++; b.part >= 37 {
			b.part = 0
			b.rows = nil
		}
	}}
}
