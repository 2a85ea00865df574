// SPDX-License-Identifier: Apache-2.0

// Package gaugekit stands for somebody else's metrics library.
package gaugekit

import (
	"strings"
	"sync"
)

type cell struct {
	labels []string
	value  float64
	seen   uint64
}

// Vec is a family of gauges, one for each combination of labels. It never forgets one.
type Vec struct {
	mu    sync.Mutex
	cells map[string]*cell
}

// NewVec returns an empty family.
func NewVec() *Vec {
	return &Vec{cells: make(map[string]*cell)}
}

// With adds to the gauge of these labels, which it makes if need be.
func (v *Vec) With(value float64, labels ...string) {
	key := strings.Join(labels, "\xff")
	v.mu.Lock()
	defer v.mu.Unlock()
	c := v.cells[key]
	if c == nil {
		c = &cell{labels: append([]string(nil), labels...)} // @also
		v.cells[key] = c                                    // @also
	}
	c.value += value
	c.seen++
}

// Len is the number of gauges.
func (v *Vec) Len() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.cells)
}
