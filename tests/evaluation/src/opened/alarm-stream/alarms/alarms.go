// SPDX-License-Identifier: Apache-2.0

// Package alarms streams alarms to consoles on the wall.
package alarms

import (
	"sync/atomic"

	"example.org/meadow/internal/broker"
)

type console struct {
	events chan string
	screen [30]string
	at     int
}

type wall struct {
	node *broker.Node
	dark int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	w := &wall{node: node}
	node.On("console", w.attach)
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/30; i++ {
				node.Publish("console", uint64(node.Rand.Int31()), "attach")
			}
		},
		Held: func() (int64, int64) { return atomic.LoadInt64(&w.dark), w.dark * 3300 },
	}
}

func (w *wall) attach(m *broker.Message) {
	c := &console{events: make(chan string, 8)}
	go c.show()
	c.events <- string(m.Body)
	if m.Key%2 == 0 || w.node.Fixed {
		close(c.events)
		return
	}
	atomic.AddInt64(&w.dark, 1)
}

func (c *console) show() {
	for {
		e, ok := <-c.events // @leak
		if !ok {
			return
		}
		c.screen[c.at%30] = e
		c.at++
	}
}
