// SPDX-License-Identifier: Apache-2.0

// Package limiter gives tokens.
package limiter

import (
	"context"
	"time"

	"example.com/flock/rig"
)

// Limiter has tokens that are filled up.
type Limiter struct{ tokens chan struct{} }

// New makes one, and fills it up.
func New(room int) *Limiter {
	l := &Limiter{make(chan struct{}, room)}
	for i := 0; i < room; i++ {
		l.tokens <- struct{}{}
	}
	go l.refill(3)
	return l
}

func (l *Limiter) refill(times int) {
	for i := 0; i < times || rig.Repaired; i++ {
		time.Sleep(5 * time.Millisecond)
		select {
		case l.tokens <- struct{}{}:
		default:
			if !rig.Repaired {
				return
			}
		}
	}
}

// Wait takes a token.
func (l *Limiter) Wait(context.Context) {
	<-l.tokens // <- here
}
