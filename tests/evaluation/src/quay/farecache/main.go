// SPDX-License-Identifier: Apache-2.0
package main

import (
	"sync"
	"time"

	"example.net/quay/kit"
)

type query struct {
	from, to int
	when     time.Time
}

type answer struct {
	legs  []byte
	price int
}

type fares struct {
	mu     sync.RWMutex
	known  map[query]*answer
	hits   int
	strict bool
	app    *kit.App
}

func (f *fares) ask(from, to int, when time.Time) *answer {
	if f.strict {
		when = when.Truncate(time.Hour)
	}
	q := query{from, to, when}
	f.mu.RLock()
	a := f.known[q]
	f.mu.RUnlock()
	if a != nil {
		f.hits++
		return a
	}
	a = f.compute(q)
	f.mu.Lock()
	f.known[q] = a // @leak
	f.mu.Unlock()
	return a
}

func (f *fares) compute(q query) *answer {
	return &answer{legs: []byte(f.app.Text(1400)), price: q.from * q.to} // @also
}

func main() {
	app := kit.Start()
	f := &fares{known: map[query]*answer{}, strict: app.Repaired, app: app}
	app.Load(40, func(i int) { f.ask(i%20, i%11, time.Now()) })
	app.Wait()
}
