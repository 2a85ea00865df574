// SPDX-License-Identifier: Apache-2.0

// Package board keeps the instruments and the recent ticks of each.
package board

import (
	"fmt"
	"math"
	"sort"
	"sync"

	"example.com/fleet/internal/quote/upstream"
)

const ticksKept = 128

type tick struct {
	bid, ask float64
	at       int64
	volume   float64
}

// Instrument is a row of the directory with its newest ticks.
type Instrument struct {
	Symbol string
	Name   string
	Venue  string

	ticks []tick
	next  int
}

// Board is safe for concurrent use.
type Board struct {
	mu   sync.RWMutex
	rows map[string]*Instrument
}

var venues = [...]string{"XETR", "XLON", "XPAR", "XNYS"}

// New returns a board with the directory loaded.
func New(size int) *Board {
	b := &Board{rows: make(map[string]*Instrument, size)}
	for i := 0; i < size; i++ {
		symbol := fmt.Sprintf("S%05d", i)
		b.rows[symbol] = &Instrument{
			Symbol: symbol,
			Name:   fmt.Sprintf("Instrument %05d Inc., registered shares", i),
			Venue:  venues[i%len(venues)],
		}
	}
	return b
}

// Knows reports whether symbol is listed.
func (b *Board) Knows(symbol string) bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.rows[symbol] != nil
}

// Record adds q to the ticks of its instrument; the oldest tick goes.
func (b *Board) Record(q *upstream.Quote) {
	t := tick{bid: q.Bid, ask: q.Ask, at: q.At}
	for _, level := range q.Depth {
		t.volume += level[1]
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	row := b.rows[q.Symbol]
	if row == nil {
		return
	}
	if row.ticks == nil {
		row.ticks = make([]tick, ticksKept)
	}
	row.ticks[row.next%ticksKept] = t
	row.next++
}

// Mover is a row of the movers table.
type Mover struct {
	Symbol string  `json:"symbol"`
	Name   string  `json:"name"`
	Venue  string  `json:"venue"`
	Last   float64 `json:"last"`
	Change float64 `json:"change"`
	Volume float64 `json:"volume"`
}

// Movers returns the n instruments whose price has moved most.
func (b *Board) Movers(n int) []Mover {
	var all []Mover
	b.mu.RLock()
	for _, row := range b.rows {
		if row.next < 2 {
			continue
		}
		last := row.ticks[(row.next-1)%ticksKept]
		first := row.ticks[0]
		if row.next > ticksKept {
			first = row.ticks[row.next%ticksKept]
		}
		all = append(all, Mover{
			Symbol: row.Symbol, Name: row.Name, Venue: row.Venue,
			Last: last.bid, Change: last.bid/first.bid - 1, Volume: last.volume,
		})
	}
	b.mu.RUnlock()
	sort.Slice(all, func(i, j int) bool {
		return math.Abs(all[i].Change) > math.Abs(all[j].Change)
	})
	if len(all) > n {
		all = all[:n]
	}
	return all
}
