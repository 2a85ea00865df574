// SPDX-License-Identifier: Apache-2.0

// Package seriescache keeps series in memory under a limit that somebody set long ago.
package seriescache

import (
	"runtime/debug"

	"example.org/meadow/internal/broker"
)

type chunk struct {
	values [190]float64
	tags   map[string]string
}

type cache struct {
	node   *broker.Node
	chunks []*chunk
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	limit := int64(38 << 20)
	if node.Fixed {
		limit = 300 << 20
	}
	debug.SetMemoryLimit(limit)
	c := &cache{node: node}
	return broker.Work{Tick: func(n int) {
		for i := 0; i < 900 && len(c.chunks) < 16000; i++ {
			c.chunks = append(c.chunks, &chunk{tags: map[string]string{"a": "b"}})
		}
		for i := 0; i < n*2; i++ {
			c.sum(i)
		}
	}}
}

func (c *cache) sum(i int) float64 {
	window := make([]float64, 0, 2000)
	for j := 0; j < 2000; j++ {
		window = append(window, c.chunks[(i*7+j)%len(c.chunks)].values[j%190])
	}
	return window[len(window)-1]
}
