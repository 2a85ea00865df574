// SPDX-License-Identifier: Apache-2.0

// Package semaphore has the functions of the package whose name it bears, written anew.
package semaphore

import (
	"context"
	"sync"
)

type waiter struct {
	n     int64
	ready chan struct{}
}

// Weighted is a semaphore.
type Weighted struct {
	mu      sync.Mutex
	free    int64
	waiters []waiter
}

// NewWeighted makes one of n.
func NewWeighted(n int64) *Weighted {
	return &Weighted{free: n}
}

// Acquire takes n, or returns the context's error.
func (s *Weighted) Acquire(ctx context.Context, n int64) error {
	s.mu.Lock()
	if s.free >= n && len(s.waiters) == 0 {
		s.free -= n
		s.mu.Unlock()
		return nil
	}
	w := waiter{n: n, ready: make(chan struct{})}
	s.waiters = append(s.waiters, w)
	s.mu.Unlock()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-w.ready:
		return nil
	}
}

// Release gives n back.
func (s *Weighted) Release(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.free += n
	for len(s.waiters) > 0 && s.waiters[0].n <= s.free {
		s.free -= s.waiters[0].n
		close(s.waiters[0].ready)
		s.waiters = s.waiters[1:]
	}
}
