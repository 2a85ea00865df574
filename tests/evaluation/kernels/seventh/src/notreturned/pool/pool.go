// SPDX-License-Identifier: Apache-2.0

// Package pool lends things.
package pool

// Pool has a fixed number of things.
type Pool[T any] struct{ free chan T }

// Of makes a pool of what it is given.
func Of[T any](items ...T) *Pool[T] {
	p := &Pool[T]{make(chan T, len(items))}
	for _, item := range items {
		p.Put(item)
	}
	return p
}

// Get waits until one is free.
func (p *Pool[T]) Get() T {
	return <-p.free // <- here
}

// Put gives one back.
func (p *Pool[T]) Put(item T) { p.free <- item }
