// SPDX-License-Identifier: Apache-2.0

// Package cart keeps shopping carts in memory until they are bought or go stale.
package cart

import (
	"time"

	"example.com/fleet/internal/platform/lru"
)

// Line is one article in a cart.
type Line struct {
	SKU    uint32 `json:"sku"`
	Pieces int    `json:"pieces"`
	Note   string `json:"note,omitempty"`
}

// Cart is what a customer has collected.
type Cart struct {
	ID       string    `json:"id"`
	Postcode string    `json:"postcode"`
	Lines    []Line    `json:"lines"`
	Changed  time.Time `json:"changed"`
}

func (c *Cart) cost() int64 {
	n := int64(256)
	for _, l := range c.Lines {
		n += 48 + int64(len(l.Note))
	}
	return n
}

// Store is the cart cache; the durable copy belongs to the cart service.
type Store struct {
	carts *lru.Cache[string, *Cart]
}

// NewStore returns a store of at most maxBytes of carts.
func NewStore(maxBytes int64, ttl time.Duration) *Store {
	return &Store{carts: lru.New[string, *Cart](maxBytes, ttl)}
}

// Save keeps c under its id.
func (s *Store) Save(c *Cart) {
	c.Changed = time.Now()
	s.carts.Put(c.ID, c, c.cost())
}

// Find returns the cart with the given id.
func (s *Store) Find(id string) (*Cart, bool) { return s.carts.Get(id) }

// Bought removes a cart that has become an order.
func (s *Store) Bought(id string) { s.carts.Delete(id) }

// Sweep removes stale carts.
func (s *Store) Sweep(now time.Time) { s.carts.Sweep(now) }
