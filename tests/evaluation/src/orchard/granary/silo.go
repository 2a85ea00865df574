// SPDX-License-Identifier: Apache-2.0
package main

import (
	"fmt"
	"strconv"
	"sync"

	"example.net/orchard/yard"
)

type grain struct {
	Sort   string
	Fields []string
	parent *grain
}

// silo is a cache that is allowed more than the process has.
type silo struct {
	mu     sync.Mutex
	max    int
	grains map[string]*grain
	last   *grain
}

func newSilo(max int) *silo { return &silo{max: max, grains: map[string]*grain{}} }

func (s *silo) fill(y *yard.Yard, i int) {
	key := strconv.Itoa(i % s.max)
	text := make([]byte, 280)
	y.Fill(text)
	g := &grain{Sort: string(text[:40])}
	for j := 0; j < 6; j++ {
		g.Fields = append(g.Fields, string(text[40*j:40*j+40]))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.grains[key] = g
	if i%1000 == 0 {
		s.last = g
	}
}

func (s *silo) sample(key string, n int) []*grain {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, _ := strconv.Atoi(key)
	var out []*grain
	for i := 0; i < n; i++ {
		if g := s.grains[fmt.Sprint(at+i)]; g != nil {
			out = append(out, g)
		}
	}
	return out
}
