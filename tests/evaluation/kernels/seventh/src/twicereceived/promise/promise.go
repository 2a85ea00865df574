// SPDX-License-Identifier: Apache-2.0

// Package promise has values that come later.
package promise

import "example.com/flock/rig"

type outcome[T any] struct {
	value T
	err   error
}

// Promise is kept once.
type Promise[T any] struct {
	outcomes chan outcome[T]
}

// Of begins to work.
func Of[T any](f func() (T, error)) *Promise[T] {
	p := &Promise[T]{make(chan outcome[T], 1)}
	go func() {
		value, err := f()
		p.outcomes <- outcome[T]{value, err}
	}()
	return p
}

// Failed waits for the outcome and says whether it is an error.
func (p *Promise[T]) Failed() bool {
	o := <-p.outcomes
	if rig.Repaired {
		p.outcomes <- o
	}
	return o.err != nil
}

// Value waits for the outcome.
func (p *Promise[T]) Value() T {
	return (<-p.outcomes).value // <- here
}
