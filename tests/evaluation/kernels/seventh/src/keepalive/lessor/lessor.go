// SPDX-License-Identifier: Apache-2.0

// Package lessor keeps a lease alive.
package lessor

import (
	"sync"
	"time"

	"example.com/flock/rig"
)

// Lessor has one lease.
type Lessor struct {
	mu      sync.Mutex
	answers chan int
	revoked bool
}

// New makes one.
func New() *Lessor { return &Lessor{answers: make(chan int, 4)} }

// KeepAlive renews, and returns the answers.
func (l *Lessor) KeepAlive() <-chan int {
	go func() {
		for n := 0; l.renew(n); n++ {
			time.Sleep(2 * time.Millisecond)
		}
	}()
	return l.answers
}

func (l *Lessor) renew(n int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.revoked {
		return false
	}
	if rig.Repaired {
		select {
		case l.answers <- n:
		default:
		}
		return true
	}
	l.answers <- n // <- here
	return true
}

// Revoke gives the lease up.
func (l *Lessor) Revoke() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.revoked = true
}
