// SPDX-License-Identifier: Apache-2.0

// Package peer speaks to others.
package peer

import (
	"context"
	"sync/atomic"
	"time"

	"example.com/flock/rig"
)

// Peer is one of them.
type Peer struct {
	beats  int64
	closed chan struct{}
	urgent chan func()
}

// Connect makes a peer that lives as long as its context.
func Connect(ctx context.Context) *Peer {
	p := &Peer{closed: make(chan struct{}), urgent: make(chan func())}
	var end <-chan struct{}
	if rig.Repaired {
		end = ctx.Done()
	}
	go p.beat(end)
	return p
}

func (p *Peer) beat(end <-chan struct{}) {
	ticker := time.NewTicker(7 * time.Second)
	defer ticker.Stop()
	for {
		select { // <- here
		case <-ticker.C:
			atomic.AddInt64(&p.beats, 1)
		case f := <-p.urgent:
			f()
		case <-p.closed:
			return
		case <-end:
			return
		}
	}
}
