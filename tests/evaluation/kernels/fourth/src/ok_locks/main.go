// SPDX-License-Identifier: Apache-2.0

// Command ok_locks has a hot lock for which many wait at any time.
//
// expect none
package main

import (
	"net/http"
	"sync"
	"time"

	"example.com/wharf/dock"
)

type counter struct {
	mu sync.Mutex
	n  map[string]int
}

func (c *counter) add(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n[name]++
	time.Sleep(3 * time.Millisecond)
}

func main() {
	c := &counter{n: map[string]int{}}
	for i := 0; i < 12; i++ {
		go func() {
			for {
				c.add("x")
			}
		}()
	}
	http.HandleFunc("/add", func(w http.ResponseWriter, r *http.Request) { c.add("y") })
	dock.Serve("/add")
}
