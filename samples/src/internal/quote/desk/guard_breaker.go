// SPDX-License-Identifier: Apache-2.0

//go:build quote_breaker

package desk

import (
	"errors"
	"sync"
	"time"
)

const (
	breakAfter = 5
	breakFor   = 2 * time.Second
)

var errBroken = errors.New("exchange: too many failures, not asking")

// guard is a circuit breaker: after several failures in a row the exchange is
// left alone for a moment.
type guard struct {
	mu     sync.Mutex
	failed int
	until  time.Time
}

func (g *guard) allow() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if time.Now().Before(g.until) {
		return errBroken
	}
	return nil
}

func (g *guard) done(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err == nil {
		g.failed = 0
		return
	}
	g.failed++
	if g.failed >= breakAfter {
		g.failed = 0
		g.until = time.Now().Add(breakFor)
	}
}
