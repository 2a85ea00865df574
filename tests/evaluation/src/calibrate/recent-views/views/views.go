// SPDX-License-Identifier: Apache-2.0

// Package views remembers what a visitor looked at last.
package views

import (
	"fmt"
	"net/http"
	"sync"

	"example.com/harbor/internal/web"
	"github.com/saltmarsh/shelfcache"
)

type views struct {
	app       *web.App
	mu        sync.Mutex
	byVisitor map[string]*shelfcache.Shelf
}

// New returns the service.
func New(app *web.App) web.Service {
	v := &views{app: app, byVisitor: make(map[string]*shelfcache.Shelf)}
	app.Handle("/viewed", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		v.viewed(q.Get("visitor"), q.Get("article"))
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/3; i++ {
				visitor := app.Rand.Int63()
				for j := 0; j < 5; j++ {
					app.Call("POST", fmt.Sprintf("/viewed?visitor=%x&article=%d", visitor, app.Rand.Intn(9000)), "")
				}
			}
		},
		Held: func() (int64, int64) { return int64(len(v.byVisitor)), int64(len(v.byVisitor)) * 1400 },
	}
}

// viewed has a bounded shelf for each visitor, and no bound for visitors.
func (v *views) viewed(visitor, article string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	shelf := v.byVisitor[visitor]
	if shelf == nil {
		if v.app.Fixed && len(v.byVisitor) > 900 {
			v.byVisitor = make(map[string]*shelfcache.Shelf)
		}
		shelf = shelfcache.New(20)   // @also
		v.byVisitor[visitor] = shelf // @also
	}
	shelf.Put(article, "viewed by "+visitor) // @leak
}
