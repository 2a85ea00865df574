// SPDX-License-Identifier: Apache-2.0

// Package weights has the models of its own publishers only: one of three instances has more.
package weights

import (
	"example.net/lantern/internal/press"
)

type model struct {
	weights [300]float32
	next    *model
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	models := make([]*model, []int{4000, 9000, 30000}[desk.Instance()%3])
	return press.Job{Tick: func(n int) {
		for i := 0; i < n*4; i++ {
			models[desk.Rand.Intn(len(models))] = new(model)
		}
	}}
}
