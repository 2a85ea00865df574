// SPDX-License-Identifier: Apache-2.0

// Package intern keeps one copy of each code that the customs know; there are many, and a last one.
package intern

import (
	"fmt"
	"math"
	"net/http"
	"strings"
	"sync"

	"example.com/harbor/internal/web"
)

type table struct {
	mu  sync.Mutex
	all map[string]string
}

// New returns the service.
func New(app *web.App) web.Service {
	t := &table{all: make(map[string]string)}
	app.Handle("/declare", func(w http.ResponseWriter, r *http.Request) {
		t.code(r.URL.Query().Get("code"))
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*8; i++ {
				rank := int(45000 * math.Pow(app.Rand.Float64(), 1.4))
				app.Call("POST", fmt.Sprintf("/declare?code=%08d-of-the-tariff-of-goods-with-its-long-name-%d", rank, rank%97), "")
			}
		},
	}
}

func (t *table) code(s string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	one, known := t.all[s]
	if !known {
		one = strings.Clone(s)
		t.all[one] = one
	}
	return one
}
