// SPDX-License-Identifier: Apache-2.0

// Package firmware pushes firmware to gateways, one transfer at a time for each.
package firmware

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"example.org/meadow/internal/broker"
)

type gateway struct {
	busy    sync.RWMutex
	version int
	space   int
}

type pusher struct {
	node     *broker.Node
	gateways []*gateway
	waiting  int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	p := &pusher{node: node}
	for i := 0; i < 240; i++ {
		p.gateways = append(p.gateways, &gateway{space: 1 + i/20})
	}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/6; i++ {
				go func(g *gateway) {
					atomic.AddInt64(&p.waiting, 1)
					_ = p.push(g)
					atomic.AddInt64(&p.waiting, -1)
				}(p.gateways[node.Rand.Intn(len(p.gateways))])
			}
			time.Sleep(time.Second)
		},
		Held: func() (int64, int64) {
			n := atomic.LoadInt64(&p.waiting)
			return n, n * 2500
		},
	}
}

func (p *pusher) push(g *gateway) error {
	g.busy.Lock() // @leak
	if g.space == 0 && p.node.Fixed {
		g.space = 300
	}
	if g.space == 0 {
		return errors.New("disk full") // without unlocking
	}
	g.space--
	g.version++
	g.busy.Unlock()
	return nil
}
