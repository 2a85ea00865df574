// SPDX-License-Identifier: Apache-2.0

// Package weftkit stands for somebody else's typed pool. It knows what is lent out.
package weftkit

import "sync"

// Pool lends objects of one type.
type Pool[T any] struct {
	mu   sync.Mutex
	free sync.Pool
	lent map[*T]uint32
	uses uint32
}

// NewPool returns an empty pool.
func NewPool[T any]() *Pool[T] {
	p := &Pool[T]{lent: make(map[*T]uint32)}
	p.free.New = func() any {
		return new(T) // @also
	}
	return p
}

// Borrow lends an object; whoever has it gives it back with Return.
func (p *Pool[T]) Borrow() *T {
	one := p.free.Get().(*T) // @also
	p.mu.Lock()
	defer p.mu.Unlock()
	p.uses++
	p.lent[one] = p.uses // @also
	return one
}

// Return takes an object back.
func (p *Pool[T]) Return(one *T) {
	p.mu.Lock()
	delete(p.lent, one)
	p.mu.Unlock()
	p.free.Put(one)
}

// Lent is how many are out.
func (p *Pool[T]) Lent() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.lent)
}
