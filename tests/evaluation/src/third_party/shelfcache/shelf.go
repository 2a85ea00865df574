// SPDX-License-Identifier: Apache-2.0

// Package shelfcache stands for somebody else's bounded cache.
package shelfcache

import "sync"

type item struct {
	key, value   string
	older, newer *item
}

// Shelf keeps the newest values, as many as it has room for.
type Shelf struct {
	mu     sync.Mutex
	room   int
	byKey  map[string]*item
	oldest *item
	newest *item
}

// New returns an empty shelf with so much room.
func New(room int) *Shelf {
	return &Shelf{room: room, byKey: make(map[string]*item, room)} // @also
}

// Put lays a value on the shelf; what has lain there longest falls off.
func (s *Shelf) Put(key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if one := s.byKey[key]; one != nil {
		one.value = value
		return
	}
	one := &item{key: key, value: value, older: s.newest} // @also
	if s.newest != nil {
		s.newest.newer = one
	} else {
		s.oldest = one
	}
	s.newest = one
	s.byKey[key] = one // @also
	if len(s.byKey) > s.room {
		delete(s.byKey, s.oldest.key)
		s.oldest = s.oldest.newer
		s.oldest.older = nil
	}
}

// Len is how many values lie there.
func (s *Shelf) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.byKey)
}
