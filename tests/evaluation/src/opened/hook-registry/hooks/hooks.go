// SPDX-License-Identifier: Apache-2.0

// Package hooks lets drivers register what shall happen at shutdown.
package hooks

import (
	"sync"

	"example.org/meadow/internal/broker"
)

type driver struct {
	serial uint64
	table  [90]uint32
	name   string
}

func (d *driver) stop() {
	d.table[0] = 0
}

type hooks struct {
	node     *broker.Node
	mu       sync.Mutex
	shutdown []func()
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	h := &hooks{node: node}
	node.On("probe", h.probe)
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n*2; i++ {
				node.Publish("probe", uint64(node.Rand.Int31()), "probe")
			}
		},
		Held: func() (int64, int64) { return int64(len(h.shutdown)), int64(len(h.shutdown)) * 430 },
	}
}

// probe opens a driver for a moment; its hook keeps it for ever.
func (h *hooks) probe(m *broker.Message) {
	d := &driver{serial: m.Key, name: "probe"} // @also
	d.table[1]++
	if h.node.Fixed {
		d.stop()
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.shutdown = append(h.shutdown, d.stop) // @leak
}
