// SPDX-License-Identifier: Apache-2.0

// Package intake takes orders faster than the warehouse does; the channel between them is long.
package intake

import (
	"encoding/json"
	"fmt"

	"example.com/harbor/internal/web"
)

type order struct {
	ID      string   `json:"id"`
	Lines   []string `json:"lines"`
	Address string   `json:"address"`
}

type intake struct {
	app    *web.App
	orders chan order
	packed int
}

// New returns the service.
func New(app *web.App) web.Service {
	in := &intake{app: app, orders: make(chan order, 200000)}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				in.accept([]byte(fmt.Sprintf(`{"id":"o%d","lines":["one of these","two of those"],"address":"street %d"}`, i, i)))
			}
			pack := n / 3
			if app.Fixed {
				pack = n
			}
			for i := 0; i < pack; i++ {
				in.packed += len((<-in.orders).Lines)
			}
		},
		Held: func() (int64, int64) { n := int64(len(in.orders)); return n, n * 120 },
	}
}

func (in *intake) accept(body []byte) {
	var o order
	if err := json.Unmarshal(body, &o); err != nil { // @leak
		return
	}
	in.orders <- o // @also
}
