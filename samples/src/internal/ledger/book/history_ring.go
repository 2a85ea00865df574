// SPDX-License-Identifier: Apache-2.0

//go:build !ledger24

package book

// Since 2.3 statements are served from the newest entries of the whole book.

const ringEntries = 20_000

type link struct{}

type tail struct{}

type history struct {
	ring []*Entry
	next int
}

func (h *history) add(_ *Account, e *Entry) {
	if len(h.ring) < ringEntries {
		h.ring = append(h.ring, e)
		return
	}
	h.ring[h.next] = e
	h.next = (h.next + 1) % ringEntries
}

// walk visits the entries of a that are still in the ring, newest first.
func (h *history) walk(a *Account, visit func(*Entry) bool) {
	for i := len(h.ring) - 1; i >= 0; i-- {
		e := h.ring[(h.next+i)%len(h.ring)]
		if e.Account == a.Number && !visit(e) {
			return
		}
	}
}
