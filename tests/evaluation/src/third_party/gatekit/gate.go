// SPDX-License-Identifier: Apache-2.0

// Package gatekit stands for somebody else's throttle: a bucket of tokens for each key.
package gatekit

import (
	"sync"
	"time"
)

type bucket struct {
	mu     sync.Mutex
	tokens float64
	filled time.Time
	recent [24]int64
}

// Gate lets each key pass so many times a second.
type Gate struct {
	mu      sync.RWMutex
	rate    float64
	burst   float64
	buckets map[string]*bucket
}

// New returns a gate without buckets.
func New(rate, burst float64) *Gate {
	return &Gate{rate: rate, burst: burst, buckets: make(map[string]*bucket)}
}

// Allow says whether the key may pass.
func (g *Gate) Allow(key string, now time.Time) bool {
	g.mu.RLock()
	b := g.buckets[key]
	g.mu.RUnlock()
	if b == nil {
		b = &bucket{tokens: g.burst, filled: now} // @also
		g.mu.Lock()
		g.buckets[key] = b // @also
		g.mu.Unlock()
	}
	return b.take(g.rate, g.burst, now)
}

func (b *bucket) take(rate, burst float64, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tokens += now.Sub(b.filled).Seconds() * rate
	if b.tokens > burst {
		b.tokens = burst
	}
	b.filled = now
	b.recent[now.Second()%24]++
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}

// Len is the number of keys that were ever seen.
func (g *Gate) Len() int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return len(g.buckets)
}
