// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=RWMutex says=(?i)(read.*(twice|again|while)|writer|recurs)
import (
	"os"
	"os/signal"
	"sync"
	"time"

	_ "example.com/shop/probe"
)

type config struct {
	mu sync.RWMutex
	m  map[string]string
}

func (c *config) get(k string) string {
	c.mu.RLock() // <- here
	defer c.mu.RUnlock()
	return c.m[k]
}

func (c *config) dump() []string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	time.Sleep(100 * time.Millisecond)
	out := []string{}
	for k := range c.m {
		out = append(out, c.get(k)) // <- here
	}
	return out
}

func (c *config) reload() {
	time.Sleep(30 * time.Millisecond)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m["x"] = "z"
}

func main() {
	c := &config{m: map[string]string{"x": "y"}}
	go c.reload()
	go c.dump()
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, os.Interrupt)
	<-ch
}
