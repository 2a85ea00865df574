// SPDX-License-Identifier: Apache-2.0

// Package retry tries deliveries again, later and later, without an end.
package retry

import (
	"strconv"
	"sync/atomic"
	"time"

	"example.org/meadow/internal/broker"
)

type delivery struct {
	to      string
	payload []byte
	tries   int
}

type engine struct {
	node *broker.Node
	open int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	e := &engine{node: node}
	node.On("deliver", func(m *broker.Message) {
		go e.deliver(&delivery{to: strconv.Itoa(int(m.Key % 4)), payload: make([]byte, 400)})
	})
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/20; i++ {
				node.Publish("deliver", uint64(node.Rand.Int31()), "x")
			}
		},
		Held: func() (int64, int64) {
			n := atomic.LoadInt64(&e.open)
			return n, n * 2900
		},
	}
}

func (e *engine) deliver(d *delivery) {
	atomic.AddInt64(&e.open, 1)
	defer atomic.AddInt64(&e.open, -1)
	for !e.send(d) {
		if e.node.Fixed && d.tries > 5 {
			return
		}
		e.pause(d)
	}
}

func (e *engine) send(d *delivery) bool {
	d.tries++
	return d.to != "3" && d.tries > 1
}

func (e *engine) pause(d *delivery) {
	wait := time.Duration(d.tries*d.tries) * time.Minute
	if wait > 3*time.Hour {
		wait = 3 * time.Hour
	}
	time.Sleep(wait) // @leak
}
