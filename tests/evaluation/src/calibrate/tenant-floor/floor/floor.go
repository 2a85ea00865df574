// SPDX-License-Identifier: Apache-2.0

// Package floor keeps settings of each shop that has signed up; ever fewer are new.
package floor

import (
	"fmt"
	"math"
	"net/http"
	"sync"

	"example.com/harbor/internal/web"
)

type memo[K comparable, V any] struct {
	mu  sync.Mutex
	all map[K]V
}

func (m *memo[K, V]) get(key K, load func() V) V {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, known := m.all[key]
	if !known {
		v = load()
		m.all[key] = v
	}
	return v
}

type shop struct {
	name  string
	rules [30]int64
	texts []string
}

// New returns the service.
func New(app *web.App) web.Service {
	shops := &memo[int, *shop]{all: make(map[int]*shop)}
	ticks := 0.0
	app.Handle("/shop", func(w http.ResponseWriter, r *http.Request) {
		id := 0
		_, _ = fmt.Sscan(r.URL.Query().Get("id"), &id)
		shops.get(id, func() *shop {
			return &shop{name: fmt.Sprintf("shop %d", id), texts: []string{fmt.Sprintf("terms of shop %d", id)}}
		})
	})
	return web.Service{
		Tick: func(n int) {
			ticks++
			signed := 14000 * (1 - math.Exp(-ticks/28))
			for i := 0; i < n*4; i++ {
				app.Call("GET", fmt.Sprintf("/shop?id=%d", app.Rand.Intn(int(signed)+1)), "")
			}
		},
	}
}
