// SPDX-License-Identifier: Apache-2.0

// Package bus spreads delivery receipts to whoever watches a device.
package bus

import "sync"

// Receipt is a push network's word on one push.
type Receipt struct {
	Push   uint64 `json:"push"`
	Device uint64 `json:"device"`
	State  string `json:"state"` // delivered, failed, expired
}

// Handler is called for every receipt of a watched device.
type Handler func(Receipt)

type watch struct {
	id      uint64
	handler Handler
}

// Bus is safe for concurrent use.
type Bus struct {
	mu      sync.Mutex
	nextID  uint64
	watches map[uint64][]watch // by device
}

// New returns a bus without watches.
func New() *Bus {
	return &Bus{watches: make(map[uint64][]watch)}
}

// Watch calls h for the receipts of device until the returned function is
// called.
func (b *Bus) Watch(device uint64, h Handler) (cancel func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.nextID++
	id := b.nextID
	b.watches[device] = append(b.watches[device], watch{id, h})
	return func() { b.cancel(device, id) }
}

func (b *Bus) cancel(device, id uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	old := b.watches[device]
	kept := make([]watch, 0, len(old))
	for _, w := range old {
		if w.id != id {
			kept = append(kept, w)
		}
	}
	if len(kept) == 0 {
		delete(b.watches, device)
		return
	}
	b.watches[device] = kept
}

// Emit hands r to the watches of its device and returns how many there are.
func (b *Bus) Emit(r Receipt) int {
	b.mu.Lock()
	watches := b.watches[r.Device]
	b.mu.Unlock()
	for _, w := range watches {
		w.handler(r)
	}
	return len(watches)
}
