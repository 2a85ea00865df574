// SPDX-License-Identifier: Apache-2.0

// Package dedup remembers which messages were seen.
package dedup

import (
	"encoding/binary"
	"sync"

	"example.org/meadow/internal/broker"
)

type filter struct {
	node *broker.Node
	mu   sync.Mutex
	seen map[[16]byte]int64
	same int
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	f := &filter{node: node, seen: make(map[[16]byte]int64)}
	node.On("event", f.event)
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n*5; i++ {
				node.Publish("event", uint64(node.Rand.Int63()), "event")
			}
		},
		Held: func() (int64, int64) { return int64(len(f.seen)), int64(len(f.seen)) * 56 },
	}
}

func (f *filter) event(m *broker.Message) {
	var id [16]byte
	binary.LittleEndian.PutUint64(id[:], m.Key)
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.node.Now().Unix()
	if _, known := f.seen[id]; known {
		f.same++
	}
	f.seen[id] = now // @leak
	if f.node.Fixed && len(f.seen) > 4000 {
		for old := range f.seen {
			delete(f.seen, old)
		}
	}
}
