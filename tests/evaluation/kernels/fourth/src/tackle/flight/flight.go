// SPDX-License-Identifier: Apache-2.0

// Package flight lets many who ask for the same share one call.
package flight

import "sync"

type call struct {
	wg    sync.WaitGroup
	value string
}

// Flights are the calls that run.
type Flights struct {
	mu    sync.Mutex
	calls map[string]*call
}

// Do calls f, or waits for who does so already.
func (f *Flights) Do(key string, get func() string) string {
	f.mu.Lock()
	if f.calls == nil {
		f.calls = map[string]*call{}
	}
	if c, ok := f.calls[key]; ok {
		f.mu.Unlock()
		c.wg.Wait()
		return c.value
	}
	c := &call{}
	c.wg.Add(1)
	f.calls[key] = c
	f.mu.Unlock()
	c.value = get()
	c.wg.Done()
	f.mu.Lock()
	delete(f.calls, key)
	f.mu.Unlock()
	return c.value
}
