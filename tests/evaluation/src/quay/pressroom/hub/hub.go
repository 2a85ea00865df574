// SPDX-License-Identifier: Apache-2.0
package hub

import (
	"sync"
	"time"
)

type Reader struct {
	Name string
	out  chan string
	got  int
	last time.Time
}

type Hub struct {
	mu      sync.Mutex
	readers map[*Reader]bool
	Strict  bool
}

func New(strict bool) *Hub { return &Hub{readers: map[*Reader]bool{}, Strict: strict} }

func (h *Hub) Join(name string) *Reader {
	r := &Reader{Name: name, out: make(chan string, 16), last: time.Now()}
	h.mu.Lock()
	h.readers[r] = true
	h.mu.Unlock()
	go r.deliver()
	return r
}

func (r *Reader) deliver() {
	for s := range r.out { // @leak
		r.got += len(s)
	}
}

func (h *Hub) Leave(r *Reader) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.readers, r)
	if h.Strict {
		close(r.out)
	}
}

func (h *Hub) Print(s string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for r := range h.readers {
		select {
		case r.out <- s:
		default:
		}
	}
}
