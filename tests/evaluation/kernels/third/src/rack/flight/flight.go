// SPDX-License-Identifier: Apache-2.0

// Package flight answers callers who ask for the same key at the same time with one call.
package flight

import "sync"

type call struct {
	done  sync.WaitGroup
	value string
	err   error
}

type Group struct {
	mu    sync.Mutex
	calls map[string]*call
}

func (g *Group) Do(key string, f func() (string, error)) (string, error) {
	g.mu.Lock()
	if g.calls == nil {
		g.calls = map[string]*call{}
	}
	if c, ok := g.calls[key]; ok {
		g.mu.Unlock()
		c.done.Wait()
		return c.value, c.err
	}
	c := &call{}
	c.done.Add(1)
	g.calls[key] = c
	g.mu.Unlock()
	c.value, c.err = f()
	c.done.Done()
	g.mu.Lock()
	delete(g.calls, key)
	g.mu.Unlock()
	return c.value, c.err
}
