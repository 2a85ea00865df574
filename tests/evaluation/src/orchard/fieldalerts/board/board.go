// SPDX-License-Identifier: Apache-2.0

// Package board tells subscribers about frost, hail and fences.
package board

import "sync"

type Alert struct {
	Field int
	Text  string
}

type Sub struct {
	C     chan Alert
	board *Board
	gone  chan struct{}
}

type Board struct {
	mu     sync.Mutex
	subs   []*Sub
	strict bool
}

func New(strict bool) *Board { return &Board{strict: strict} }

func (b *Board) Subscribe(room int) *Sub {
	s := &Sub{C: make(chan Alert, room), board: b, gone: make(chan struct{})}
	b.mu.Lock()
	b.subs = append(b.subs, s)
	b.mu.Unlock()
	return s
}

func (s *Sub) Close() {
	close(s.gone)
	if !s.board.strict {
		return
	}
	b := s.board
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, other := range b.subs {
		if other == s {
			b.subs = append(b.subs[:i:i], b.subs[i+1:]...)
			return
		}
	}
}

// Publish does not wait for anybody.
func (b *Board) Publish(a Alert) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.subs {
		go b.hand(s, a) // @also
	}
}

func (b *Board) hand(s *Sub, a Alert) {
	if b.strict {
		select {
		case s.C <- a:
		case <-s.gone:
		}
		return
	}
	s.C <- a // @leak
}
