// SPDX-License-Identifier: Apache-2.0

// Package frames decodes frames with scratch objects from a pool.
package frames

import (
	"sync"

	"example.org/meadow/internal/broker"
)

type scratch struct {
	symbols [900]uint16
	errors  int
}

type decoder struct {
	node    *broker.Node
	pool    sync.Pool
	waiting []*scratch
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	d := &decoder{node: node}
	d.pool.New = func() any {
		return new(scratch) // @leak
	}
	node.On("frame", func(m *broker.Message) { d.decode(m.Key) })
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/2; i++ {
				node.Publish("frame", uint64(node.Rand.Int31()), "frame")
			}
		},
		Held: func() (int64, int64) { return int64(len(d.waiting)), int64(len(d.waiting)) * 1800 },
	}
}

func (d *decoder) decode(key uint64) {
	s := d.pool.Get().(*scratch) // @also
	s.symbols[key%900]++
	if key%3 == 0 && !d.node.Fixed {
		d.waiting = append(d.waiting, s) // half a frame: kept for the other half, which never comes
		return
	}
	d.pool.Put(s)
}
