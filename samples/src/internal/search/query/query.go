// SPDX-License-Identifier: Apache-2.0

// Package query answers searches and caches the answers for a while.
package query

import (
	"strings"
	"time"

	"example.com/fleet/internal/platform/lru"
	"example.com/fleet/internal/search/index"
)

const maxHits = 60

// Engine searches an index through a cache.
type Engine struct {
	index   *index.Index
	answers *lru.Cache[string, []index.Hit]
}

// New returns an engine with a cache of at most cacheBytes.
func New(x *index.Index, cacheBytes int64, ttl time.Duration) *Engine {
	return &Engine{index: x, answers: lru.New[string, []index.Hit](cacheBytes, ttl)}
}

// Search answers a query of words.
func (e *Engine) Search(q string) []index.Hit {
	if hits, ok := e.answers.Get(q); ok {
		return hits
	}
	hits := e.index.Search(strings.Fields(q), maxHits)
	cost := int64(len(q) + 64)
	for _, h := range hits {
		cost += 48 + int64(len(h.Title)+len(h.Snippet))
	}
	e.answers.Put(q, hits, cost)
	return hits
}

// Sweep drops answers that are too old.
func (e *Engine) Sweep(now time.Time) { e.answers.Sweep(now) }
