// SPDX-License-Identifier: Apache-2.0

// Command ok_janitor sweeps each cache from the first request for it on; there are eight caches.
//
// expect none
package main

import (
	"net/http"
	"sync"
	"time"

	"example.org/depot/port"
)

type cache struct {
	mu    sync.Mutex
	until map[string]time.Time
}

func (c *cache) sweep() {
	for now := range time.Tick(2 * time.Second) {
		c.mu.Lock()
		for k, t := range c.until {
			if t.Before(now) {
				delete(c.until, k)
			}
		}
		c.mu.Unlock()
	}
}

type caches struct {
	mu  sync.Mutex
	all map[string]*cache
}

func (a *caches) get(name string) *cache {
	a.mu.Lock()
	defer a.mu.Unlock()
	c := a.all[name]
	if c == nil {
		c = &cache{until: map[string]time.Time{}}
		a.all[name] = c
		go c.sweep()
	}
	return c
}

func main() {
	a := &caches{all: map[string]*cache{}}
	http.HandleFunc("/look", func(w http.ResponseWriter, r *http.Request) {
		for _, name := range []string{"users", "groups", "roles", "keys", "quotas", "tokens", "hosts", "zones"} {
			c := a.get(name)
			c.mu.Lock()
			c.until[r.RemoteAddr] = time.Now().Add(5 * time.Second)
			c.mu.Unlock()
		}
	})
	port.Run("/look")
}
