// SPDX-License-Identifier: Apache-2.0

// Package trace keeps the first bytes of packets that looked odd.
package trace

import (
	"bytes"

	"example.org/meadow/internal/broker"
)

type oddity struct {
	kind string
	head []byte
}

type tracer struct {
	node *broker.Node
	odd  []oddity
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	t := &tracer{node: node}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/4; i++ {
				t.inspect(t.receive(3000 + node.Rand.Intn(20000)))
			}
		},
		Held: func() (int64, int64) {
			var bytes int64
			for _, o := range t.odd {
				bytes += int64(cap(o.head))
			}
			return int64(len(t.odd)), bytes
		},
	}
}

func (t *tracer) receive(size int) []byte {
	var packet bytes.Buffer
	packet.Grow(size) // @leak
	for i := 0; i < size; i += 100 {
		packet.WriteByte(byte(i))
	}
	return packet.Bytes()
}

func (t *tracer) inspect(packet []byte) {
	if t.node.Rand.Intn(3) > 0 {
		return
	}
	head := packet[:12]
	if t.node.Fixed {
		head = append(make([]byte, 0, 12), head...)
	}
	t.odd = append(t.odd, oddity{kind: "late", head: head})
}
