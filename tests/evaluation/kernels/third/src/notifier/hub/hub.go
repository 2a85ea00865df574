// SPDX-License-Identifier: Apache-2.0

// Package hub sends what happens to all who watch.
package hub

import "sync"

type Watcher struct {
	Events chan string
}

type Hub struct {
	mu       sync.Mutex
	watchers map[*Watcher]bool
}

func New() *Hub {
	return &Hub{watchers: map[*Watcher]bool{}}
}

func (h *Hub) Watch() *Watcher {
	w := &Watcher{Events: make(chan string, 2)}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.watchers[w] = true
	return w
}

func (h *Hub) Forget(w *Watcher) {
	h.mu.Lock() // <- here
	defer h.mu.Unlock()
	delete(h.watchers, w)
}

func (h *Hub) Send(event string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for w := range h.watchers {
		w.Events <- event // <- here
	}
}
