// SPDX-License-Identifier: Apache-2.0

// Package group runs functions together and tells the first error.
package group

import "sync"

// Group is a set of functions that run at once; limit is how many may.
type Group struct {
	wg   sync.WaitGroup
	once sync.Once
	sem  chan struct{}
	err  error
}

// Limit sets how many run at once.
func Limit(n int) *Group { return &Group{sem: make(chan struct{}, n)} }

// Go runs f, after one of the others has ended if there are as many as may be.
func (g *Group) Go(f func() error) {
	if g.sem != nil {
		g.sem <- struct{}{}
	}
	g.wg.Add(1)
	go func() {
		defer g.done()
		if err := f(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	}()
}

func (g *Group) done() {
	if g.sem != nil {
		<-g.sem
	}
	g.wg.Done()
}

// Wait waits for all and tells the first error.
func (g *Group) Wait() error {
	g.wg.Wait()
	return g.err
}
