// SPDX-License-Identifier: Apache-2.0

// Package balance shifts load between feeders and substations.
package balance

import (
	"sync"
	"sync/atomic"
	"time"

	"example.org/meadow/internal/broker"
)

type feeder struct {
	mu   sync.Mutex
	load float64
	peer *station
}

type station struct {
	mu      sync.Mutex
	feeders []*feeder
	total   float64
}

type grid struct {
	node     *broker.Node
	stations []*station
	stuck    int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	g := &grid{node: node}
	for i := 0; i < 90; i++ {
		s := &station{}
		for j := 0; j < 4; j++ {
			s.feeders = append(s.feeders, &feeder{peer: s})
		}
		g.stations = append(g.stations, s)
	}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/10; i++ {
				s := g.stations[node.Rand.Intn(len(g.stations))]
				go g.total(s)
				if i%9 == 0 {
					go g.shift(s.feeders[i%4])
				}
			}
			time.Sleep(time.Second)
		},
		Held: func() (int64, int64) {
			n := atomic.LoadInt64(&g.stuck)
			return n, n * 2600
		},
	}
}

// total locks the station, then its feeders.
func (g *grid) total(s *station) {
	atomic.AddInt64(&g.stuck, 1)
	defer atomic.AddInt64(&g.stuck, -1)
	s.mu.Lock() // @leak
	defer s.mu.Unlock()
	for _, f := range s.feeders {
		time.Sleep(5 * time.Millisecond)
		f.mu.Lock() // @also
		s.total += f.load
		f.mu.Unlock()
	}
}

// shift locks a feeder, then its station.
func (g *grid) shift(f *feeder) {
	atomic.AddInt64(&g.stuck, 1)
	defer atomic.AddInt64(&g.stuck, -1)
	if g.node.Fixed {
		f.peer.mu.Lock()
		defer f.peer.mu.Unlock()
	}
	f.mu.Lock() // @also
	defer f.mu.Unlock()
	f.load++
	if !g.node.Fixed {
		time.Sleep(12 * time.Millisecond)
		f.peer.mu.Lock() // @also
		defer f.peer.mu.Unlock()
	}
	f.peer.total++
}
