// SPDX-License-Identifier: Apache-2.0

// Package limiter counts calls of each tenant.
package limiter

import (
	"sync"
	"sync/atomic"

	"example.com/harbor/internal/web"
)

type bucket struct {
	mu     sync.Mutex
	tokens int
	calls  map[int]int
}

func (b *bucket) refill() {
	b.mu.Lock() // @also
	b.tokens = 60
	b.mu.Unlock()
}

// take refills an empty bucket while it still holds the lock.
func (b *bucket) take(fixed bool) bool {
	b.mu.Lock() // @leak
	defer b.mu.Unlock()
	if b.tokens == 0 {
		if fixed {
			b.tokens = 60
		} else {
			b.refill()
		}
	}
	b.tokens--
	return b.tokens > 0
}

type gate struct {
	app     *web.App
	buckets []*bucket
	waiting int64
}

// New returns the service.
func New(app *web.App) web.Service {
	g := &gate{app: app}
	for i := 0; i < 400; i++ {
		g.buckets = append(g.buckets, &bucket{tokens: 1 + i/20, calls: make(map[int]int)})
	}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				b := g.buckets[app.Rand.Intn(len(g.buckets))]
				go g.call(b)
			}
		},
		Held: func() (int64, int64) {
			n := atomic.LoadInt64(&g.waiting)
			return n, n * 2600
		},
	}
}

func (g *gate) call(b *bucket) {
	atomic.AddInt64(&g.waiting, 1)
	b.take(g.app.Fixed)
	atomic.AddInt64(&g.waiting, -1)
}
