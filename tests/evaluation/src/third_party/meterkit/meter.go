// SPDX-License-Identifier: Apache-2.0

// Package meterkit stands for somebody else's counters with labels.
package meterkit

import (
	"hash/fnv"
	"sync"
	"sync/atomic"
)

// Counter counts.
type Counter struct {
	n uint64
}

// Inc adds one.
func (c *Counter) Inc() { atomic.AddUint64(&c.n, 1) }

type series struct {
	values  []string
	counter *Counter
}

// CounterVec is a family of counters.
type CounterVec struct {
	mu     sync.RWMutex
	names  []string
	byHash map[uint64][]series
	size   int
}

// NewCounterVec returns a family with these labels.
func NewCounterVec(names ...string) *CounterVec {
	return &CounterVec{names: names, byHash: make(map[uint64][]series)}
}

// WithLabelValues returns the counter of these values, which it makes if need be.
func (v *CounterVec) WithLabelValues(values ...string) *Counter {
	h := fnv.New64a()
	for _, s := range values {
		_, _ = h.Write([]byte(s))
		_, _ = h.Write([]byte{0xff})
	}
	key := h.Sum64()
	v.mu.RLock()
	found := find(v.byHash[key], values)
	v.mu.RUnlock()
	if found != nil {
		return found
	}
	return v.add(key, values)
}

func (v *CounterVec) add(key uint64, values []string) *Counter {
	one := series{values: append([]string(nil), values...), counter: new(Counter)} // @also
	v.mu.Lock()
	v.byHash[key] = append(v.byHash[key], one) // @also
	v.size++
	v.mu.Unlock()
	return one.counter
}

func find(all []series, values []string) *Counter {
next:
	for _, one := range all {
		for i := range values {
			if one.values[i] != values[i] {
				continue next
			}
		}
		return one.counter
	}
	return nil
}

// Len is the number of counters.
func (v *CounterVec) Len() int {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.size
}
