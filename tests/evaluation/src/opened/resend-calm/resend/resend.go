// SPDX-License-Identifier: Apache-2.0

// Package resend keeps what a station did not take, until the station is back.
package resend

import (
	"sync"

	"example.org/meadow/internal/broker"
)

type parcel struct {
	station uint64
	body    [500]byte
}

type queue struct {
	mu      sync.Mutex
	waiting []*parcel
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	q := new(queue)
	node.On("out", q.put)
	tick := 0
	return broker.Work{
		Tick: func(n int) {
			tick++
			away := tick%70 < 24
			for i := 0; i < n; i++ {
				if away {
					node.Publish("out", uint64(i), "out")
				}
			}
			if !away {
				q.drain(4 * n)
			}
		},
	}
}

func (q *queue) put(m *broker.Message) {
	p := &parcel{station: m.Key}
	copy(p.body[:], m.Body)
	q.mu.Lock()
	q.waiting = append(q.waiting, p)
	q.mu.Unlock()
}

func (q *queue) drain(n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if n > len(q.waiting) {
		n = len(q.waiting)
	}
	for i := 0; i < n; i++ {
		q.waiting[i] = nil
	}
	q.waiting = q.waiting[n:]
	if len(q.waiting) == 0 {
		q.waiting = nil
	}
}
