// SPDX-License-Identifier: Apache-2.0

// Package pricing holds the price list that carts are totalled with.
package pricing

import (
	"fmt"
	"math/rand"
	"sync/atomic"
	"time"
)

// Price is one row of the price list.
type Price struct {
	SKU      uint32
	Net      int64 // minor units
	VATClass uint8
	Grams    uint32
	Title    string
}

type list struct {
	bySKU   map[uint32]*Price
	version int64
}

// Book serves prices from the newest list. Lists are replaced as a whole.
type Book struct {
	size    int
	current atomic.Value // *list
}

// NewBook loads the first list.
func NewBook(size int) *Book {
	b := &Book{size: size}
	b.Reload(time.Now())
	return b
}

// Reload fetches the list again; readers keep the old one until it is complete.
func (b *Book) Reload(now time.Time) {
	rng := rand.New(rand.NewSource(now.Unix()))
	rows := make([]Price, b.size)
	next := &list{bySKU: make(map[uint32]*Price, b.size), version: now.Unix()}
	for i := range rows {
		rows[i] = Price{
			SKU:      uint32(i),
			Net:      199 + rng.Int63n(19_800),
			VATClass: uint8(rng.Intn(3)),
			Grams:    50 + uint32(rng.Intn(4000)),
			Title:    fmt.Sprintf("article %06d, size %d", i, rng.Intn(12)),
		}
		next.bySKU[rows[i].SKU] = &rows[i]
	}
	b.current.Store(next)
}

// Find returns the price of sku.
func (b *Book) Find(sku uint32) (*Price, bool) {
	p, ok := b.current.Load().(*list).bySKU[sku]
	return p, ok
}

var vatPercent = [...]int64{19, 7, 0}

// Gross is the price of n pieces with tax.
func (p *Price) Gross(n int) int64 {
	net := p.Net * int64(n)
	return net + net*vatPercent[p.VATClass]/100
}
