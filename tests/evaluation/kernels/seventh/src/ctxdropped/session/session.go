// SPDX-License-Identifier: Apache-2.0

// Package session has what belongs to a user.
package session

import (
	"context"
	"sync"

	"example.com/flock/rig"
)

var (
	mu   sync.Mutex
	open = map[int]*Session{}
)

// Session has a context of its own.
type Session struct {
	id     int
	cancel context.CancelFunc
}

// New opens one, and forgets it when its context has ended.
func New(parent context.Context, id int) *Session {
	ctx, cancel := context.WithCancel(parent)
	s := &Session{id: id, cancel: cancel}
	mu.Lock()
	open[id] = s
	mu.Unlock()
	go s.forgetAtEnd(ctx)
	return s
}

func (s *Session) forgetAtEnd(ctx context.Context) {
	<-ctx.Done() // <- here
	mu.Lock()
	delete(open, s.id)
	mu.Unlock()
}

// Close ends it.
func (s *Session) Close() {
	if rig.Repaired {
		s.cancel()
	}
}
