// SPDX-License-Identifier: Apache-2.0

// Package errgroup has the functions of the package whose name it bears, written anew.
package errgroup

import (
	"context"
	"sync"
)

// Group runs functions and keeps the first error.
type Group struct {
	all    sync.WaitGroup
	first  sync.Once
	err    error
	cancel context.CancelFunc
	slots  chan struct{}
}

// WithContext returns a group and a context that ends with its first error.
func WithContext(parent context.Context) (*Group, context.Context) {
	ctx, cancel := context.WithCancel(parent)
	return &Group{cancel: cancel}, ctx
}

// SetLimit says how many run at a time.
func (g *Group) SetLimit(n int) {
	g.slots = make(chan struct{}, n)
}

// Go runs f when there is a slot.
func (g *Group) Go(f func() error) {
	if g.slots != nil {
		g.slots <- struct{}{}
	}
	g.all.Add(1)
	go func() {
		defer g.end()
		if err := f(); err != nil {
			g.first.Do(func() { g.fail(err) })
		}
	}()
}

func (g *Group) end() {
	if g.slots != nil {
		<-g.slots
	}
	g.all.Done()
}

func (g *Group) fail(err error) {
	g.err = err
	if g.cancel != nil {
		g.cancel()
	}
}

// Wait returns the first error when all have ended.
func (g *Group) Wait() error {
	g.all.Wait()
	return g.err
}
