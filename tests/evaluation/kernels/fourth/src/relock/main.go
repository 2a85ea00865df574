// SPDX-License-Identifier: Apache-2.0

// Command relock counts under its lock through a method that takes the lock itself.
//
// expect class=goroutine wait=Mutex says=(?i)(itself|twice|double|already|recurs)
package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"example.com/wharf/dock"
)

type shelf struct {
	mu    sync.Mutex
	items map[string]int
}

func (s *shelf) size() int {
	s.mu.Lock() // <- here
	defer s.mu.Unlock()
	return len(s.items)
}

func (s *shelf) put(key string) {
	s.mu.Lock() // <- here
	defer s.mu.Unlock()
	s.items[key]++
	if len(s.items) > 4 && !dock.Repaired {
		s.trim()
	}
}

func (s *shelf) trim() {
	for key := range s.items {
		if s.size() <= 4 {
			return
		}
		delete(s.items, key)
	}
}

func main() {
	s := &shelf{items: map[string]int{}}
	http.HandleFunc("/put", func(w http.ResponseWriter, r *http.Request) {
		s.put(fmt.Sprint(time.Now().UnixNano() % 97))
	})
	dock.Serve("/put")
}
