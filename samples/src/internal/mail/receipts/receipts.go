// SPDX-License-Identifier: Apache-2.0

// Package receipts collects the delivery receipts of each tenant and hands
// them out as digests.
package receipts

import (
	"sync"
	"time"
)

const laneDepth = 256

// Receipt says what became of one recipient of a mailing. It has a fixed size
// so that a lane is a single block of memory.
type Receipt struct {
	Mailing   uint64
	Recipient uint64 // hash of the address
	Code      uint16
	Attempts  uint16
	Relay     [4]byte
	Submitted int64 // Unix nanoseconds
	Answered  int64
	QueueID   [24]byte
}

// account is the receipt box of one tenant. Receipts go to the open lane; full
// lanes wait for the next digest.
type account struct {
	open   chan Receipt
	sealed []chan Receipt
}

// Book holds the receipt boxes of all tenants.
type Book struct {
	mu       sync.Mutex
	accounts map[string]*account
}

// NewBook returns an empty book.
func NewBook() *Book {
	return &Book{accounts: make(map[string]*account)}
}

// Record files r for a tenant.
func (b *Book) Record(tenant string, r Receipt) {
	b.mu.Lock()
	defer b.mu.Unlock()
	a := b.accounts[tenant]
	if a == nil {
		a = new(account)
		b.accounts[tenant] = a
	}
	select {
	case a.open <- r:
		return
	default:
	}
	if a.open != nil {
		a.sealed = append(a.sealed, a.open)
	}
	a.open = make(chan Receipt, laneDepth)
	a.open <- r
}

// Digest is the summary a tenant gets by mail.
type Digest struct {
	Tenant    string
	Delivered int
	Deferred  int
	Bounced   int
	Slowest   time.Duration
}

// Digest empties the sealed lanes of a tenant into a summary.
func (b *Book) Digest(tenant string) Digest {
	d := Digest{Tenant: tenant}
	b.mu.Lock()
	var sealed []chan Receipt
	if a := b.accounts[tenant]; a != nil {
		sealed, a.sealed = a.sealed, nil
	}
	b.mu.Unlock()
	for _, lane := range sealed {
		close(lane)
		for r := range lane {
			d.add(r)
		}
	}
	return d
}

func (d *Digest) add(r Receipt) {
	switch {
	case r.Code < 400:
		d.Delivered++
	case r.Code < 500:
		d.Deferred++
	default:
		d.Bounced++
	}
	if took := time.Duration(r.Answered - r.Submitted); took > d.Slowest {
		d.Slowest = took
	}
}
