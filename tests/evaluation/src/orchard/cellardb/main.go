// SPDX-License-Identifier: Apache-2.0
package main

import (
	"context"
	"sync"

	"example.net/orchard/cellardb/store"
	"example.net/orchard/yard"
)

type board struct {
	mu    sync.Mutex
	total map[int]int
}

// update counts what is in one cellar.
func (b *board) update(ctx context.Context, s *store.Store, cellar int) {
	barrels, err := s.Barrels(ctx, cellar) // @also
	if err != nil {
		return
	}
	litres := 0
	for _, barrel := range barrels {
		litres += barrel.Litres
	}
	b.mu.Lock()
	b.total[cellar] = litres
	b.mu.Unlock()
}

func main() {
	y := yard.Open()
	s := store.Open(12, y.Strict)
	b := &board{total: map[int]int{}}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	y.Pace(1.1, func(i int) { go b.update(ctx, s, y.Intn(60)) })
	y.Wait()
}
