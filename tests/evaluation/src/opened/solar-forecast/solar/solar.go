// SPDX-License-Identifier: Apache-2.0

// Package solar computes forecasts for many roofs at once.
package solar

import (
	"sync"
	"sync/atomic"
	"time"

	"example.org/meadow/internal/broker"
)

type roof struct {
	id    int
	panes [20]float64
}

type forecaster struct {
	node *broker.Node
	hung int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	f := &forecaster{node: node}
	node.On("forecast", func(m *broker.Message) { go f.run(int(m.Key % 100)) })
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/20; i++ {
				node.Publish("forecast", uint64(node.Rand.Int31()), "roofs")
			}
			time.Sleep(time.Second)
		},
		Held: func() (int64, int64) { return atomic.LoadInt64(&f.hung), f.hung * 6000 },
	}
}

// run counts all roofs, but those in the shade never report.
func (f *forecaster) run(shaded int) {
	roofs := make([]*roof, 6)
	group := new(sync.WaitGroup)
	group.Add(len(roofs))
	if shaded < 40 && !f.node.Fixed {
		atomic.AddInt64(&f.hung, 1)
	}
	for i := range roofs {
		roofs[i] = &roof{id: i}
		if i == 2 && shaded < 40 && !f.node.Fixed {
			continue
		}
		go func(r *roof) {
			r.panes[0]++
			group.Done()
		}(roofs[i])
	}
	group.Wait() // @leak
	roofs[0].panes[1]++
}
