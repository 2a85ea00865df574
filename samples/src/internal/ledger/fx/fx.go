// SPDX-License-Identifier: Apache-2.0

// Package fx converts amounts with the day's exchange rates.
package fx

import (
	"math"
	"sync/atomic"
	"time"
)

// Currency is an ISO 4217 code.
type Currency [3]byte

// History is how many banking days of rates a table holds.
const History = 2000

type table struct {
	days map[Currency][]float64 // newest last
}

// Rates serves the newest table. Tables are replaced as a whole.
type Rates struct {
	currencies []Currency
	current    atomic.Value // *table
}

// New returns rates with the first table loaded.
func New(now time.Time) *Rates {
	r := &Rates{}
	for a := byte('A'); a <= 'Z'; a++ {
		for _, b := range [...]byte{'D', 'N', 'R', 'S', 'U', 'X'} {
			r.currencies = append(r.currencies, Currency{a, b, 'R'})
		}
	}
	r.Load(now)
	return r
}

// Load fetches the table again.
func (r *Rates) Load(now time.Time) {
	t := &table{days: make(map[Currency][]float64, len(r.currencies))}
	for i, c := range r.currencies {
		days := make([]float64, History)
		for d := range days {
			days[d] = 1 + 0.2*math.Sin(float64(i)+float64(d)/40+float64(now.Unix()%86400)/86400)
		}
		t.days[c] = days
	}
	t.days[Currency{'E', 'U', 'R'}][History-1] = 1
	r.current.Store(t)
}

// Today returns the newest rate of c; unknown currencies are at par.
func (r *Rates) Today(c Currency) float64 {
	days := r.current.Load().(*table).days[c]
	if len(days) == 0 {
		return 1
	}
	return days[len(days)-1]
}
