// SPDX-License-Identifier: Apache-2.0

// Package export writes the day's orders as CSV.
package export

import (
	"fmt"
	"strings"

	"example.com/harbor/internal/web"
)

type exporter struct {
	app     *web.App
	rows    [][]string
	written int
}

// New returns the service.
func New(app *web.App) web.Service {
	x := &exporter{app: app}
	for i := 0; i < 400; i++ {
		x.rows = append(x.rows, strings.Split(fmt.Sprintf("%d;shop;item %d;1;19.99", i, i*7), ";"))
	}
	return web.Service{
		Tick: func(n int) {
			rounds := 1
			if !app.Fixed {
				rounds = n
			}
			for i := 0; i < rounds; i++ {
				x.written += x.render()
			}
		},
	}
}

// render builds the file by adding up strings, each a little longer than the one before.
func (x *exporter) render() int {
	all := ""
	for _, row := range x.rows {
		all += strings.Join(row, ",") + "\n" // @leak
	}
	return len(all)
}
