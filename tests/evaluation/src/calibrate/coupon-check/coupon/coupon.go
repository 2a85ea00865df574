// SPDX-License-Identifier: Apache-2.0

// Package coupon asks two services whether a coupon is good.
package coupon

import (
	"example.com/harbor/internal/web"
)

type verdict struct {
	ok  bool
	why string
}

type checker struct {
	app  *web.App
	lost int64
}

// New returns the service.
func New(app *web.App) web.Service {
	c := &checker{app: app}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/6; i++ {
				c.check(i)
			}
		},
		Held: func() (int64, int64) { return c.lost, c.lost * 2800 },
	}
}

func (c *checker) check(i int) verdict {
	answer := make(chan verdict)
	if i%3 == 0 && !c.app.Fixed {
		c.lost++
	}
	go c.ask(i, answer)
	return <-answer
}

// ask sends the refusal and then, without a return, the answer.
func (c *checker) ask(i int, answer chan<- verdict) {
	if i%3 == 0 {
		answer <- verdict{why: "expired"}
		if c.app.Fixed {
			return
		}
	}
	answer <- verdict{ok: true} // @leak
}
