// SPDX-License-Identifier: Apache-2.0

// Package access asks a reader of cards and sends its verdict.
package access

import (
	"sync/atomic"

	"example.org/meadow/internal/broker"
)

type verdict struct {
	open bool
	card uint64
}

type door struct {
	node *broker.Node
	lost int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	d := &door{node: node}
	node.On("card", func(m *broker.Message) { d.check(m.Key) })
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/12; i++ {
				node.Publish("card", uint64(node.Rand.Int31()), "card")
			}
		},
		Held: func() (int64, int64) { return atomic.LoadInt64(&d.lost), d.lost * 2700 },
	}
}

func (d *door) check(card uint64) verdict {
	result := make(chan verdict)
	go d.verify(card, result)
	return <-result
}

func (d *door) verify(card uint64, result chan<- verdict) {
	blocked := card%5 == 0
	if blocked {
		d.answer(result, verdict{card: card})
		if d.node.Fixed {
			return
		}
		atomic.AddInt64(&d.lost, 1)
	}
	d.answer(result, verdict{open: true, card: card}) // @also
}

func (d *door) answer(result chan<- verdict, v verdict) {
	result <- v // @leak
}
