// SPDX-License-Identifier: Apache-2.0

// Package plugins knows the codecs that devices announce.
package plugins

import (
	"fmt"
	"sync"

	"example.org/meadow/internal/broker"
)

// Codec reads what a device sends.
type Codec interface {
	Name() string
	Decode(raw []byte) float64
}

var (
	mu         sync.Mutex
	registered []Codec
)

// Register makes a codec known.
func Register(c Codec) {
	mu.Lock()
	defer mu.Unlock()
	registered = append(registered, c) // @leak
}

type scaled struct {
	name  string
	table [44]float64
}

func (s *scaled) Name() string { return s.name }

func (s *scaled) Decode(raw []byte) float64 { return s.table[len(raw)%len(s.table)] }

// New returns the service.
func New(node *broker.Node) broker.Work {
	node.On("hello", func(m *broker.Message) { hello(node, m) })
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				node.Publish("hello", uint64(node.Rand.Intn(900)), "hello")
			}
		},
		Held: func() (int64, int64) { return int64(len(registered)), int64(len(registered)) * 430 },
	}
}

// hello registers the codec each time that a device says hello, not the first time only.
func hello(node *broker.Node, m *broker.Message) {
	c := announced(m.Key)
	if node.Fixed {
		mu.Lock()
		known := len(registered) > 900
		mu.Unlock()
		if known {
			return
		}
	}
	Register(c)
}

func announced(device uint64) Codec {
	s := &scaled{name: fmt.Sprintf("codec of %d", device)} // @also
	for i := range s.table {
		s.table[i] = float64(i) / 7
	}
	return s
}
