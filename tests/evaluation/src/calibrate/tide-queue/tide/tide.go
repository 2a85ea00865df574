// SPDX-License-Identifier: Apache-2.0

// Package tide takes orders by day and works them off by night; its queue is long every evening.
package tide

import (
	"fmt"

	"example.com/harbor/internal/web"
)

type order struct {
	id   string
	text [500]byte
}

// New returns the service.
func New(app *web.App) web.Service {
	queue := make(chan *order, 100000)
	done := 0
	return web.Service{Tick: func(n int) {
		for i := 0; i < n; i++ {
			queue <- &order{id: fmt.Sprint("order ", i)}
		}
		work := n * 3 / 4
		if hour := app.Now().Hour(); hour < 8 || hour > 20 {
			work = n * 4
		}
		for i := 0; i < work && len(queue) > 0; i++ {
			done += len((<-queue).text)
		}
	}}
}
