// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=Mutex says=(?i)(twice|itself|already holds|double|recurs)
import (
	"sync"
	"time"

	_ "example.com/shop/probe"
)

type registry struct {
	mu    sync.Mutex
	items map[string]int
}

func (r *registry) size() int {
	r.mu.Lock() // <- here
	defer r.mu.Unlock()
	return len(r.items)
}

func (r *registry) put(k string, v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.size() > 100 { // <- here
		return
	}
	r.items[k] = v
}

func main() {
	r := &registry{items: map[string]int{}}
	go func() { r.put("a", 1) }()
	time.Sleep(time.Hour)
}
