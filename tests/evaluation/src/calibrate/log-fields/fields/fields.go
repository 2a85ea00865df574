// SPDX-License-Identifier: Apache-2.0

// Package fields logs every request at level debug, with all the fields it has.
package fields

import (
	"fmt"
	"io"
	"net/http"

	"example.com/harbor/internal/web"
)

type logger struct {
	app   *web.App
	debug bool
	out   io.Writer
	taken int
}

// New returns the service.
func New(app *web.App) web.Service {
	l := &logger{app: app, debug: !app.Fixed, out: io.Discard}
	app.Handle("/checkout", func(w http.ResponseWriter, r *http.Request) { l.checkout(r) })
	return web.Service{Tick: func(n int) {
		for i := 0; i < n; i++ {
			app.Call("POST", fmt.Sprint("/checkout?order=", i), "")
		}
	}}
}

func (l *logger) checkout(r *http.Request) {
	for step := 0; step < 40; step++ {
		l.taken++
		if l.debug {
			l.log("step", map[string]interface{}{ // @also
				"url": r.URL.String(), "step": step, "user": r.Header.Get("X-User"), "header": r.Header, "taken": l.taken,
			})
		}
	}
}

func (l *logger) log(message string, fields map[string]interface{}) {
	line := fmt.Sprintf("%s %v", message, fields) // @leak
	_, _ = io.WriteString(l.out, line)
}
