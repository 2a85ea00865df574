// SPDX-License-Identifier: Apache-2.0

// Package weather asks a weather service and falls back to yesterday after a while.
package weather

import (
	"context"
	"sync/atomic"
	"time"

	"example.org/meadow/internal/broker"
)

type outlook struct {
	degrees float64
	hours   [24]float64
}

type proxy struct {
	node *broker.Node
	late int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	p := &proxy{node: node}
	node.On("outlook", func(m *broker.Message) { p.outlook(m.Key) })
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/16; i++ {
				node.Publish("outlook", uint64(node.Rand.Int31()), "here")
			}
		},
		Held: func() (int64, int64) { return atomic.LoadInt64(&p.late), p.late * 3000 },
	}
}

func (p *proxy) outlook(key uint64) *outlook {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	got := make(chan *outlook)
	go p.ask(ctx, key, got)
	select {
	case o := <-got:
		return o
	case <-ctx.Done():
		if !p.node.Fixed {
			atomic.AddInt64(&p.late, 1)
		}
		return new(outlook)
	}
}

func (p *proxy) ask(ctx context.Context, key uint64, got chan<- *outlook) {
	time.Sleep(time.Duration(key%2500) * time.Millisecond)
	if p.node.Fixed {
		select {
		case got <- &outlook{degrees: 12}:
		case <-ctx.Done():
		}
		return
	}
	got <- &outlook{degrees: 12} // @leak
}
