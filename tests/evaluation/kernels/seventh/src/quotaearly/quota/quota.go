// SPDX-License-Identifier: Apache-2.0

// Package quota limits tenants.
package quota

import (
	"errors"
	"sync"

	"example.com/flock/rig"
)

// ErrExceeded says that a tenant wants too much.
var ErrExceeded = errors.New("quota exceeded")

// Quotas are what is left of each.
type Quotas[K comparable] struct {
	mu    sync.Mutex
	limit int
	used  map[K]int
}

// New makes quotas with one limit for all.
func New[K comparable](limit int) *Quotas[K] {
	return &Quotas[K]{limit: limit, used: make(map[K]int)}
}

// Take takes some of a tenant's.
func (q *Quotas[K]) Take(tenant K, amount int) error {
	q.mu.Lock() // <- here
	if q.used[tenant]+amount > q.limit {
		if rig.Repaired {
			q.mu.Unlock()
		}
		return ErrExceeded
	}
	q.used[tenant] += amount
	q.mu.Unlock()
	return nil
}
