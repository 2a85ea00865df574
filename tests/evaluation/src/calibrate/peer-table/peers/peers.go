// SPDX-License-Identifier: Apache-2.0

// Package peers keeps what each peer said in a sync.Map and forgets no peer.
package peers

import (
	"fmt"
	"net/http"
	"sync"

	"example.com/harbor/internal/web"
)

type peer struct {
	name  string
	ports [6]int
}

type table struct {
	app   *web.App
	peers sync.Map
	next  int64
}

// New returns the service.
func New(app *web.App) web.Service {
	t := &table{app: app}
	app.Handle("/hello", func(w http.ResponseWriter, r *http.Request) { t.hello(r.URL.RawQuery) })
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				t.next++
				app.Call("GET", fmt.Sprintf("/hello?peer-%d", t.next), "")
			}
		},
		Held: func() (int64, int64) { return t.next, t.next * 300 },
	}
}

func (t *table) hello(name string) {
	p := &peer{name: name} // @also
	t.peers.Store(name, p) // @leak
	if t.app.Fixed {
		t.peers.Delete(name)
	}
}
