// SPDX-License-Identifier: Apache-2.0

// Package gate lets only so much weight in at a time.
package gate

import (
	"container/list"
	"context"
	"sync"
)

type Gate struct {
	mu      sync.Mutex
	size    int
	held    int
	waiting list.List
}

type ticket struct {
	weight int
	ready  chan struct{}
}

func New(size int) *Gate { return &Gate{size: size} }

// Acquire waits until there is room, or ctx is done.
func (g *Gate) Acquire(ctx context.Context, weight int) error {
	g.mu.Lock()
	if g.size-g.held >= weight && g.waiting.Len() == 0 {
		g.held += weight
		g.mu.Unlock()
		return nil
	}
	t := ticket{weight, make(chan struct{})}
	at := g.waiting.PushBack(t)
	g.mu.Unlock()
	select { // @leak
	case <-t.ready:
		return nil
	case <-ctx.Done():
		g.mu.Lock()
		defer g.mu.Unlock()
		g.waiting.Remove(at)
		return ctx.Err()
	}
}

func (g *Gate) Release(weight int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.held -= weight
	for front := g.waiting.Front(); front != nil; front = g.waiting.Front() {
		t := front.Value.(ticket)
		if g.size-g.held < t.weight {
			return
		}
		g.held += t.weight
		g.waiting.Remove(front)
		close(t.ready)
	}
}
