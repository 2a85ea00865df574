// SPDX-License-Identifier: Apache-2.0

// Package guard gives up on calls that take too long.
package guard

import (
	"context"
	"errors"
	"time"
)

type Limit struct {
	After  time.Duration
	Strict bool
}

var ErrLate = errors.New("guard: too late")

type result[T any] struct {
	val T
	err error
}

// Do calls f and waits for its result, for the end of ctx, or until it is too late.
func Do[T any](ctx context.Context, l Limit, f func() (T, error)) (T, error) {
	done := make(chan result[T], 1)
	go func() {
		v, err := f()
		done <- result[T]{v, err}
	}()
	late := time.NewTimer(l.After) // @leak
	if l.Strict {
		defer late.Stop()
	}
	var none T
	select {
	case r := <-done:
		return r.val, r.err
	case <-late.C:
		return none, ErrLate
	case <-ctx.Done():
		return none, ctx.Err()
	}
}
