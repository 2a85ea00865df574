// SPDX-License-Identifier: Apache-2.0

// Package waybills keeps the first line of each waybill; the whole waybill hangs on it.
package waybills

import (
	"fmt"

	"example.com/harbor/internal/web"
)

type desk struct {
	app    *web.App
	titles [][]byte
}

// New returns the service.
func New(app *web.App) web.Service {
	d := &desk{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < 1+n/30; i++ {
				d.titles = append(d.titles, d.title(i))
			}
		},
		Held: func() (int64, int64) { n := int64(len(d.titles)); return n, n * 24576 },
	}
}

func (d *desk) title(i int) []byte {
	all := make([]byte, 20000+i%8*600) // @leak
	copy(all, fmt.Sprintf("waybill %d", i))
	if d.app.Fixed {
		return append([]byte(nil), all[:24]...)
	}
	return all[:24]
}
