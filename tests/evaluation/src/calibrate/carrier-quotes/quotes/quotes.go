// SPDX-License-Identifier: Apache-2.0

// Package quotes asks carriers for prices.
package quotes

import (
	"encoding/json"
	"fmt"
	"net/http"

	"example.com/harbor/internal/web"
)

type quote struct {
	carrier string
	cents   int64
	options []string
}

type desk struct {
	app  *web.App
	lost int64
}

// New returns the service.
func New(app *web.App) web.Service {
	d := &desk{app: app}
	app.Handle("/quote", d.serve)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/4; i++ {
				app.Call("POST", "/quote", fmt.Sprintf(`{"kg":%d,"to":"zone-%05d"}`, i, app.Rand.Intn(140)))
			}
		},
		Held: func() (int64, int64) { return d.lost, d.lost * 3000 },
	}
}

func (d *desk) serve(w http.ResponseWriter, r *http.Request) {
	var order struct {
		Kg int
		To string
	}
	capacity := 0
	if d.app.Fixed {
		capacity = 1
	}
	answer := make(chan quote, capacity)
	go func() {
		answer <- price("north", 12) // @leak
	}()
	if err := json.NewDecoder(r.Body).Decode(&order); err != nil || order.Kg%7 == 3 {
		if !d.app.Fixed {
			d.lost++
		}
		http.Error(w, "unknown weight", http.StatusBadRequest)
		return
	}
	q := <-answer
	fmt.Fprintln(w, q.carrier, q.cents)
}

func price(carrier string, kg int64) quote {
	return quote{carrier: carrier, cents: kg * 99, options: make([]string, 20)}
}
