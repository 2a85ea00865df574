// SPDX-License-Identifier: Apache-2.0

// Package idem remembers what was answered to a key.
package idem

import (
	"sync"
	"time"
)

type Answer struct {
	Status int16
	Made   time.Time
	Size   int
	Body   [3400]byte
}

type Store struct {
	mu      sync.Mutex
	life    time.Duration
	answers map[string]Answer
}

func New(life time.Duration) *Store {
	return &Store{life: life, answers: make(map[string]Answer)}
}

// Find gives the answer to a key; one that is too old is dropped.
func (s *Store) Find(key string) (Answer, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := s.answers[key]
	if ok && time.Since(a.Made) > s.life {
		delete(s.answers, key)
		return Answer{}, false
	}
	return a, ok
}

func (s *Store) Keep(key string, a Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[key] = a // @leak
}

// Sweep drops what nobody asked for in time.
func (s *Store) Sweep() {
	for now := range time.Tick(5 * time.Second) {
		s.mu.Lock()
		for key, a := range s.answers {
			if now.Sub(a.Made) > s.life {
				delete(s.answers, key)
			}
		}
		s.mu.Unlock()
	}
}
