// SPDX-License-Identifier: Apache-2.0

// Command pipeline has a last stage that stops reading, and stages before it that do not hear of it.
package main

import (
	"context"
	"time"

	"example.com/reduced/rig"
)

func generate(ctx context.Context, n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; i < n; i++ {
			select {
			case out <- i: // <- here
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func square(ctx context.Context, in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range in {
			if rig.Repaired {
				select {
				case out <- i * i:
				case <-ctx.Done():
					return
				}
				continue
			}
			out <- i * i // <- here
		}
	}()
	return out
}

func scenario() {
	ctx, cancel := context.WithCancel(context.Background())
	for v := range square(ctx, generate(ctx, 100)) {
		if v > 10 {
			break
		}
	}
	cancel()
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
