// SPDX-License-Identifier: Apache-2.0

// Package lease renews.
package lease

import (
	"sync/atomic"
	"time"

	"example.com/flock/rig"
)

// Lease is held until it is revoked.
type Lease struct {
	id       int
	renewals int64
	ticker   *time.Ticker
	revoked  chan struct{}
}

// Grant begins to renew.
func Grant(id int) *Lease {
	l := &Lease{id: id, ticker: time.NewTicker(5 * time.Millisecond), revoked: make(chan struct{})}
	if rig.Repaired {
		go l.renewUntil()
	} else {
		go l.renew()
	}
	return l
}

func (l *Lease) renew() {
	for range l.ticker.C { // <- here
		atomic.AddInt64(&l.renewals, 1)
	}
}

func (l *Lease) renewUntil() {
	for {
		select {
		case <-l.ticker.C:
			atomic.AddInt64(&l.renewals, 1)
		case <-l.revoked:
			return
		}
	}
}

// Revoke stops to renew.
func (l *Lease) Revoke() {
	l.ticker.Stop()
	close(l.revoked)
}
