// SPDX-License-Identifier: Apache-2.0

// Package reserve moves stock between two warehouses.
package reserve

import (
	"sync"
	"sync/atomic"
	"time"

	"example.com/harbor/internal/web"
)

type warehouse struct {
	mu    sync.Mutex
	stock map[int]int
}

type pair struct {
	north, south warehouse
}

type mover struct {
	app   *web.App
	pairs []*pair
	stuck int64
}

// New returns the service.
func New(app *web.App) web.Service {
	m := &mover{app: app}
	for i := 0; i < 60; i++ {
		p := new(pair)
		p.north.stock = make(map[int]int)
		p.south.stock = make(map[int]int)
		m.pairs = append(m.pairs, p)
	}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/6; i++ {
				p := m.pairs[app.Rand.Intn(len(m.pairs))]
				if i%2 == 0 {
					go m.southward(p, i)
				} else {
					go m.northward(p, i)
				}
			}
		},
		Held: func() (int64, int64) {
			n := atomic.LoadInt64(&m.stuck)
			return n, n * 2600
		},
	}
}

func (m *mover) southward(p *pair, item int) {
	atomic.AddInt64(&m.stuck, 1)
	defer atomic.AddInt64(&m.stuck, -1)
	p.north.mu.Lock() // @leak
	defer p.north.mu.Unlock()
	time.Sleep(20 * time.Millisecond)
	p.south.mu.Lock() // @also
	defer p.south.mu.Unlock()
	p.north.stock[item%50]--
	p.south.stock[item%50]++
}

func (m *mover) northward(p *pair, item int) {
	atomic.AddInt64(&m.stuck, 1)
	defer atomic.AddInt64(&m.stuck, -1)
	if m.app.Fixed { // always in the same order
		p.north.mu.Lock()
		defer p.north.mu.Unlock()
		time.Sleep(20 * time.Millisecond)
		p.south.mu.Lock()
		defer p.south.mu.Unlock()
	} else {
		p.south.mu.Lock() // @also
		defer p.south.mu.Unlock()
		time.Sleep(20 * time.Millisecond)
		p.north.mu.Lock() // @also
		defer p.north.mu.Unlock()
	}
	p.north.stock[item%50]++
	p.south.stock[item%50]--
}
