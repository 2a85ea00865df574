// SPDX-License-Identifier: Apache-2.0

// Package dogs arms a watchdog for each device that reports.
package dogs

import (
	"sync"
	"sync/atomic"
	"time"

	"example.org/meadow/internal/broker"
)

type dog struct {
	timer *time.Timer
	seen  [6]int64
}

type kennel struct {
	node *broker.Node
	mu   sync.Mutex
	out  int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	k := &kennel{node: node}
	node.On("alive", k.alive)
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				node.Publish("alive", uint64(node.Rand.Int31()), "alive")
			}
		},
		Held: func() (int64, int64) { return atomic.LoadInt64(&k.out), k.out * 240 },
	}
}

// alive arms a new watchdog with each report and leaves the one before to bark in half a year.
func (k *kennel) alive(m *broker.Message) {
	d := k.arm(m.Key)
	d.seen[0]++
	if k.node.Fixed {
		d.timer.Stop()
		return
	}
	atomic.AddInt64(&k.out, 1)
}

func (k *kennel) arm(device uint64) *dog {
	d := new(dog)                                     // @also
	d.timer = time.AfterFunc(4000*time.Hour, func() { // @leak
		d.seen[1] = int64(device)
	})
	return d
}
