// SPDX-License-Identifier: Apache-2.0

// Package calls waits for each call with a timeout of some minutes.
package calls

import (
	"time"

	"example.com/harbor/internal/web"
)

type caller struct {
	app     *web.App
	answers chan int
	late    int
}

// New returns the service.
func New(app *web.App) web.Service {
	c := &caller{app: app, answers: make(chan int, 1)}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*6; i++ {
			c.answers <- i
			c.call()
		}
	}}
}

func (c *caller) call() {
	select {
	case <-c.answers:
	case <-time.After(25 * time.Minute):
		c.late++
	}
}
