// SPDX-License-Identifier: Apache-2.0

// Package renewals has a timer for each contract, far away, and stops it when the contract is renewed.
package renewals

import (
	"time"

	"example.com/harbor/internal/web"
)

type contract struct {
	timer *time.Timer
	terms [12]int64
}

// New returns the service.
func New(app *web.App) web.Service {
	contracts := make([]*contract, 24000)
	next, late := 0, 0
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*4; i++ {
			at := next % len(contracts)
			if old := contracts[at]; old != nil {
				old.timer.Stop()
			}
			contracts[at] = &contract{timer: time.AfterFunc(90*24*time.Hour, func() { late++ })}
			next++
		}
	}}
}
