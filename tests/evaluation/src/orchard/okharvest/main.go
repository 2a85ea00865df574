// SPDX-License-Identifier: Apache-2.0
package main

import (
	"context"
	"math"
	"sync"
	"time"

	"example.net/orchard/yard"
)

// picker is a tablet in the field: it keeps its basket as long as it is there.
type picker struct {
	basket [][]byte
	mu     sync.Mutex
}

func (p *picker) pick(ctx context.Context, y *yard.Yard) {
	t := time.NewTicker(3 * time.Second)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			b := make([]byte, 4000)
			y.Fill(b)
			p.mu.Lock()
			if p.basket = append(p.basket, b); len(p.basket) > 20 {
				p.basket = p.basket[1:]
			}
			p.mu.Unlock()
		}
	}
}

func main() {
	y := yard.Open()
	// the morning: ever more until the ninth minute, then they go home
	y.Pace(9, func(i int) {
		at := y.Age().Minutes()
		share := math.Min(1, 0.08+at/9)
		if at > 9 {
			share = math.Max(0.05, 1-(at-9)/3)
		}
		if float64(y.Intn(1000)) < 1000*share {
			go func() {
				ctx, cancel := context.WithTimeout(context.Background(), time.Duration(60+y.Intn(60))*time.Second)
				defer cancel()
				new(picker).pick(ctx, y)
			}()
		}
	})
	y.Wait()
}
