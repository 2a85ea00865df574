// SPDX-License-Identifier: Apache-2.0

// Package tariffs looks tariffs up in a registry that answers late.
package tariffs

import (
	"errors"
	"sync/atomic"

	"example.org/meadow/internal/broker"
)

type tariff struct {
	name  string
	steps []float64
}

type lookup struct {
	node *broker.Node
	lost int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	l := &lookup{node: node}
	node.On("bill", func(m *broker.Message) {
		if _, err := l.find(m.Key); err != nil {
			atomic.AddInt64(&l.lost, 1)
		}
	})
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/8; i++ {
				node.Publish("bill", uint64(node.Rand.Int31()), "kWh")
			}
		},
		Held: func() (int64, int64) {
			if node.Fixed {
				return 0, 0
			}
			return l.lost, l.lost * 2800
		},
	}
}

func (l *lookup) find(meter uint64) (*tariff, error) {
	found, failed := make(chan *tariff), make(chan error)
	if l.node.Fixed {
		found, failed = make(chan *tariff, 1), make(chan error, 1)
	}
	go l.query(meter, found)
	go func() {
		if meter%6 == 0 {
			failed <- errors.New("no such meter")
		}
	}()
	if meter%6 == 0 {
		return nil, <-failed // before what query found was taken
	}
	return <-found, nil
}

func (l *lookup) query(meter uint64, found chan<- *tariff) {
	t := &tariff{name: "night", steps: make([]float64, 8)}
	found <- t // @leak
}
