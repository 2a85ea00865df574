// SPDX-License-Identifier: Apache-2.0

// Package valves moves valves; a supervisor collects what they report.
package valves

import (
	"sync"
	"time"

	"example.org/meadow/internal/broker"
)

type supervisor struct {
	mu      sync.Mutex
	reports chan int
	state   map[int]int
}

type plant struct {
	node *broker.Node
	lost int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	p := &plant{node: node}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/24; i++ {
				p.cycle(i)
			}
			time.Sleep(time.Second)
		},
		Held: func() (int64, int64) { return p.lost, p.lost * 5500 },
	}
}

func (p *plant) cycle(i int) {
	s := &supervisor{reports: make(chan int), state: make(map[int]int)}
	if i%3 == 0 && !p.node.Fixed {
		p.lost++
	}
	go s.collect(3)
	go p.move(s, i)
}

// collect takes the reports, and locks for each.
func (s *supervisor) collect(n int) {
	for i := 0; i < n; i++ {
		v := <-s.reports
		s.mu.Lock() // @also
		s.state[v]++
		s.mu.Unlock()
	}
}

// move reports twice while it keeps the supervisor from locking.
func (p *plant) move(s *supervisor, i int) {
	if i%3 != 0 || p.node.Fixed {
		for v := 0; v < 3; v++ {
			s.reports <- v
		}
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for v := 0; v < 3; v++ {
		s.reports <- v // @leak
	}
}
