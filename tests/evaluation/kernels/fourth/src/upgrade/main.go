// SPDX-License-Identifier: Apache-2.0

// Command upgrade turns its read lock into a write lock when something is missing.
//
// expect class=goroutine wait=RWMutex says=(?i)(itself|twice|upgrade|already|holds|recurs|writer)
package main

import (
	"fmt"
	"net/http"
	"sync"

	"example.com/wharf/dock"
)

type labels struct {
	mu    sync.RWMutex
	byKey map[string]int
}

func (l *labels) id(key string) int {
	l.mu.RLock() // <- here
	if n, ok := l.byKey[key]; ok {
		l.mu.RUnlock()
		return n
	}
	if dock.Repaired {
		l.mu.RUnlock()
	} else {
		defer l.mu.RUnlock()
	}
	return l.add(key)
}

func (l *labels) add(key string) int {
	l.mu.Lock() // <- here
	defer l.mu.Unlock()
	l.byKey[key] = len(l.byKey)
	return l.byKey[key]
}

func main() {
	l := &labels{byKey: map[string]int{"a": 1}}
	http.HandleFunc("/id", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, l.id(r.URL.Query().Get("k")))
	})
	dock.Serve("/id?k=a", "/id?k=b")
}
