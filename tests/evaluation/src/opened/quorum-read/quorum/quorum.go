// SPDX-License-Identifier: Apache-2.0

// Package quorum reads from five replicas and takes two answers.
package quorum

import (
	"sync/atomic"

	"example.org/meadow/internal/broker"
)

type copyOf struct {
	replica int
	data    []byte
}

type reader struct {
	node *broker.Node
	lost int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	q := &reader{node: node}
	node.On("read", func(m *broker.Message) { q.read(m.Key) })
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/30; i++ {
				node.Publish("read", uint64(node.Rand.Int31()), "key")
			}
		},
		Held: func() (int64, int64) { return atomic.LoadInt64(&q.lost), q.lost * 3900 },
	}
}

func (q *reader) read(key uint64) int {
	size := 0
	if q.node.Fixed {
		size = 5
	} else {
		atomic.AddInt64(&q.lost, 3)
	}
	answers := make(chan copyOf, size)
	for replica := 0; replica < 5; replica++ {
		replica := replica
		go func() {
			data := make([]byte, 900)
			answers <- copyOf{replica: replica, data: data} // @leak
		}()
	}
	return len((<-answers).data) + len((<-answers).data)
}
