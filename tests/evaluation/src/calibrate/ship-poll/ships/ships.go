// SPDX-License-Identifier: Apache-2.0

// Package ships asks a carrier a few times for each shipment and forgets the ticker.
package ships

import (
	"time"

	"example.com/harbor/internal/web"
)

type poller struct {
	app   *web.App
	asked int64
	made  int64
}

// New returns the service.
func New(app *web.App) web.Service {
	p := &poller{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*2; i++ {
				p.poll()
			}
		},
		Held: func() (int64, int64) { return p.made, p.made * 200 },
	}
}

func (p *poller) poll() {
	ticker := time.NewTicker(40 * 24 * time.Hour) // @leak
	if p.app.Fixed {
		defer ticker.Stop()
	} else {
		p.made++
	}
	for tries := 0; tries < 3; tries++ {
		select {
		case <-ticker.C:
		default:
			p.asked++
		}
	}
}
