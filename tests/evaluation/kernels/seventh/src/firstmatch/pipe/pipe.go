// SPDX-License-Identifier: Apache-2.0

// Package pipe has stages.
package pipe

import (
	"context"

	"example.com/flock/rig"
)

func send[T any](ctx context.Context, out chan<- T, value T) bool {
	if !rig.Repaired {
		out <- value // <- here
		return true
	}
	select {
	case out <- value:
		return true
	case <-ctx.Done():
		return false
	}
}

// From counts.
func From(ctx context.Context, n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; i < n; i++ {
			if !send(ctx, out, i) { // <- here
				return
			}
		}
	}()
	return out
}

// Map applies f to each.
func Map[T, U any](ctx context.Context, in <-chan T, f func(T) U) <-chan U {
	out := make(chan U)
	go func() {
		defer close(out)
		for value := range in {
			if !send(ctx, out, f(value)) { // <- here
				return
			}
		}
	}()
	return out
}
