// SPDX-License-Identifier: Apache-2.0

// Package dbfront holds a pool of connections with a goroutine each.
package dbfront

import (
	"time"

	"example.com/harbor/internal/web"
)

type conn struct {
	id     int
	buffer []byte
	calls  chan chan int
	idle   time.Time
}

type pool struct {
	app  *web.App
	mine []*conn
	made int
}

// New returns the service.
func New(app *web.App) web.Service {
	p := &pool{app: app}
	return web.Service{Tick: func(n int) {
		p.resize(20 + n/2)
		for i := 0; i < n; i++ {
			c := p.mine[app.Rand.Intn(len(p.mine))]
			answer := make(chan int)
			c.calls <- answer
			<-answer
		}
	}}
}

func (p *pool) resize(want int) {
	if want > 160 {
		want = 160
	}
	for len(p.mine) < want {
		p.made++
		c := &conn{id: p.made, buffer: make([]byte, 64<<10), calls: make(chan chan int)}
		p.mine = append(p.mine, c)
		go c.serve()
	}
	for len(p.mine) > want+20 {
		last := p.mine[len(p.mine)-1]
		close(last.calls)
		p.mine[len(p.mine)-1] = nil
		p.mine = p.mine[:len(p.mine)-1]
	}
}

func (c *conn) serve() {
	for answer := range c.calls {
		c.buffer[0]++
		answer <- c.id
	}
}
