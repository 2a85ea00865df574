// SPDX-License-Identifier: Apache-2.0

// Package singleflight has the functions of the package whose name it bears, written anew.
package singleflight

import "sync"

type call struct {
	done  sync.WaitGroup
	value any
	err   error
}

// Group keeps the calls under way.
type Group struct {
	mu    sync.Mutex
	calls map[string]*call
}

// Do runs f once for all that ask for key at a time.
func (g *Group) Do(key string, f func() (any, error)) (any, error) {
	g.mu.Lock()
	if c, under := g.calls[key]; under {
		g.mu.Unlock()
		c.done.Wait()
		return c.value, c.err
	}
	c := &call{}
	c.done.Add(1)
	if g.calls == nil {
		g.calls = map[string]*call{}
	}
	g.calls[key] = c
	g.mu.Unlock()
	g.doCall(c, key, f)
	return c.value, c.err
}

func (g *Group) doCall(c *call, key string, f func() (any, error)) {
	c.value, c.err = f()
	g.mu.Lock()
	delete(g.calls, key)
	g.mu.Unlock()
	c.done.Done()
}
