// SPDX-License-Identifier: Apache-2.0

// Package slots gives a slot back after a month, also when the customer gave it back at once.
package slots

import (
	"fmt"
	"sync/atomic"
	"time"

	"example.com/harbor/internal/web"
)

type slot struct {
	customer string
	notes    [20]string
	taken    bool
}

type keeper struct {
	app  *web.App
	held int64
}

// New returns the service.
func New(app *web.App) web.Service {
	k := &keeper{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				back := k.take(fmt.Sprint("customer ", i))
				back()
			}
		},
		Held: func() (int64, int64) { n := atomic.LoadInt64(&k.held); return n, n * 550 },
	}
}

func (k *keeper) take(customer string) func() {
	s := &slot{customer: customer, taken: true}                           // @also
	expiry := time.AfterFunc(30*24*time.Hour, func() { s.taken = false }) // @leak
	atomic.AddInt64(&k.held, 1)
	return func() {
		s.taken = false
		if k.app.Fixed {
			expiry.Stop()
			atomic.AddInt64(&k.held, -1)
		}
	}
}
