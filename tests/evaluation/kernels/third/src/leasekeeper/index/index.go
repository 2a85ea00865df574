// SPDX-License-Identifier: Apache-2.0

// Package index knows which keys hang on a lease.
package index

import (
	"sync"
	"time"
)

type Holder interface {
	Alive(lease int) bool
}

type Index struct {
	mu   sync.Mutex
	keys map[int][]string
}

func New() *Index {
	return &Index{keys: map[int][]string{1: {"a", "b"}, 2: {"c"}}}
}

func (x *Index) Drop(lease int) {
	x.mu.Lock() // <- here
	defer x.mu.Unlock()
	delete(x.keys, lease)
}

func (x *Index) Compact(h Holder) {
	x.mu.Lock()
	defer x.mu.Unlock()
	time.Sleep(100 * time.Millisecond)
	for lease := range x.keys {
		if !h.Alive(lease) {
			delete(x.keys, lease)
		}
	}
}
