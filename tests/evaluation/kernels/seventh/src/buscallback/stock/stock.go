// SPDX-License-Identifier: Apache-2.0

// Package stock counts articles and tells others.
package stock

import (
	"sync"

	"github.com/oktoline/hookbus"

	"example.com/flock/rig"
)

// Stock has articles.
type Stock struct {
	mu       sync.Mutex
	articles map[string]int
	bus      hookbus.Bus
	total    int
}

// New makes an empty one that counts its total.
func New() *Stock {
	s := &Stock{articles: make(map[string]int)}
	s.bus.Listen(s.recount)
	return s
}

// Set tells all of a new number.
func (s *Stock) Set(article string, n int) {
	s.mu.Lock()
	s.articles[article] = n
	if rig.Repaired {
		s.mu.Unlock()
		s.bus.Publish(article)
		return
	}
	s.bus.Publish(article) // <- here
	s.mu.Unlock()
}

func (s *Stock) recount(string) {
	s.mu.Lock() // <- here
	defer s.mu.Unlock()
	s.total = 0
	for _, n := range s.articles {
		s.total += n
	}
}
