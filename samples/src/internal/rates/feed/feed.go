// SPDX-License-Identifier: Apache-2.0

// Package feed makes the stream of exchange rates and spreads it to the
// subscribers.
package feed

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand"
	"sync"
	"time"
)

const (
	historyTicks  = 600
	subscriberBuf = 8
)

// Tick is one change of a rate.
type Tick struct {
	Pair string  `json:"pair"`
	Bid  float64 `json:"bid"`
	Ask  float64 `json:"ask"`
	At   int64   `json:"at"` // Unix milliseconds
}

type series struct {
	ticks [historyTicks]Tick
	next  int
	mid   float64
}

// Subscriber receives encoded batches of ticks.
type Subscriber struct {
	C       <-chan []byte
	c       chan []byte
	skipped int
}

// Feed knows the rates of all pairs and their recent past.
type Feed struct {
	mu          sync.Mutex
	rng         *rand.Rand
	names       []string
	pairs       map[string]*series
	subscribers map[*Subscriber]struct{}
}

// New returns a feed of n pairs.
func New(n int) *Feed {
	f := &Feed{
		rng:         rand.New(rand.NewSource(int64(n))),
		pairs:       make(map[string]*series, n),
		subscribers: make(map[*Subscriber]struct{}),
	}
	for i := 0; i < n; i++ {
		name := fmt.Sprintf("%c%c%cEUR", 'A'+i%26, 'A'+i/26%26, 'A'+i/7%26)
		f.names = append(f.names, name)
		f.pairs[name] = &series{mid: 0.2 + 2*f.rng.Float64()}
	}
	return f
}

// Run publishes a batch of changes at every interval until ctx is done.
func (f *Feed) Run(ctx context.Context, interval time.Duration) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case now := <-tick.C:
			f.publish(now)
		case <-ctx.Done():
			return
		}
	}
}

func (f *Feed) publish(now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	batch := make([]Tick, 0, 24)
	for n := 12 + f.rng.Intn(24); n > 0; n-- {
		name := f.names[f.rng.Intn(len(f.names))]
		s := f.pairs[name]
		s.mid *= 1 + 0.0005*f.rng.NormFloat64()
		t := Tick{Pair: name, Bid: s.mid * 0.9999, Ask: s.mid * 1.0001, At: now.UnixMilli()}
		s.ticks[s.next%historyTicks] = t
		s.next++
		batch = append(batch, t)
	}
	body, err := json.Marshal(batch)
	if err != nil {
		return // cannot happen: ticks hold nothing that JSON lacks
	}
	for sub := range f.subscribers {
		select {
		case sub.c <- body:
		default:
			sub.skipped++
		}
	}
}

// Subscribe starts sending batches to the returned subscriber.
func (f *Feed) Subscribe() *Subscriber {
	c := make(chan []byte, subscriberBuf)
	sub := &Subscriber{C: c, c: c}
	f.mu.Lock()
	f.subscribers[sub] = struct{}{}
	f.mu.Unlock()
	return sub
}

// Unsubscribe ends that.
func (f *Feed) Unsubscribe(sub *Subscriber) {
	f.mu.Lock()
	delete(f.subscribers, sub)
	f.mu.Unlock()
}

// Subscribers returns their number.
func (f *Feed) Subscribers() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.subscribers)
}

// Rate returns the newest mid rate of a pair.
func (f *Feed) Rate(pair string) (float64, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.pairs[pair]
	if s == nil {
		return 0, false
	}
	return s.mid, true
}

// Pairs returns the names of all pairs.
func (f *Feed) Pairs() []string { return f.names }

// History returns the recent ticks of a pair, oldest first.
func (f *Feed) History(pair string) []Tick {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.pairs[pair]
	if s == nil {
		return nil
	}
	n := s.next
	if n > historyTicks {
		n = historyTicks
	}
	past := make([]Tick, 0, n)
	for i := s.next - n; i < s.next; i++ {
		past = append(past, s.ticks[i%historyTicks])
	}
	return past
}
