// SPDX-License-Identifier: Apache-2.0

// Package rules evaluates pricing rules, one conversation for each shop.
package rules

import (
	"sync/atomic"

	"example.com/harbor/internal/web"
)

type shop struct {
	id   int
	in   chan int
	seen int
}

type engine struct {
	app   *web.App
	shops []*shop
	depth int64
}

// New returns the service.
func New(app *web.App) web.Service {
	e := &engine{app: app}
	for i := 0; i < 60; i++ {
		s := &shop{id: i, in: make(chan int)}
		e.shops = append(e.shops, s)
		go e.serve(s)
	}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*2; i++ {
				e.shops[app.Rand.Intn(len(e.shops))].in <- i
			}
		},
		Held: func() (int64, int64) { return e.depth, e.depth * 320 },
	}
}

func (e *engine) serve(s *shop) {
	if e.app.Fixed {
		for rule := range s.in {
			s.seen += e.weigh(rule)
		}
		return
	}
	e.converse(s, 0)
}

// converse takes the next rule by calling itself, so the stack never gets smaller.
func (e *engine) converse(s *shop, weight int) int {
	var terms [24]int
	rule, ok := <-s.in
	if !ok {
		return weight
	}
	for i := range terms {
		terms[i] = e.weigh(rule + i)
	}
	atomic.AddInt64(&e.depth, 1)
	s.seen += terms[rule%24]
	return e.converse(s, weight+terms[0]) + terms[rule%24] // @leak
}

func (e *engine) weigh(rule int) int {
	return rule*31%17 + 1
}
