// SPDX-License-Identifier: Apache-2.0

// Package poll looks at each export until it is ready.
package poll

import (
	"fmt"
	"net/http"
	"time"

	"example.com/harbor/internal/web"
)

type export struct {
	id   int
	done bool
	rows [64]int64
}

type agent struct {
	app  *web.App
	lost int64
}

// New returns the service.
func New(app *web.App) web.Service {
	a := &agent{app: app}
	app.Handle("/export", func(w http.ResponseWriter, r *http.Request) {
		go a.poll(&export{id: len(r.URL.RawQuery)})
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/25; i++ {
				app.Call("POST", fmt.Sprintf("/export?%0*d", 1+app.Rand.Intn(30), 7), "")
			}
		},
		Held: func() (int64, int64) { return a.lost, a.lost * 3200 },
	}
}

// poll never gives up on an export that was withdrawn.
func (a *agent) poll(e *export) {
	if e.id%5 == 0 && !a.app.Fixed {
		a.lost++
	}
	for !e.done {
		time.Sleep(20 * time.Minute) // @leak
		e.done = e.id%5 != 0 || a.app.Fixed
	}
}
