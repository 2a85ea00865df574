// SPDX-License-Identifier: Apache-2.0

// Package cache keeps products with their rendered form.
package cache

import (
	"encoding/json"

	"example.com/fleet/internal/catalog/source"
	"example.com/fleet/internal/platform/lru"
)

// Entry is a product ready to be served.
type Entry struct {
	Product *source.Product
	Body    []byte // JSON
}

const overhead = 1800

func (e *Entry) cost() int64 {
	return int64(len(e.Body)) + int64(len(e.Product.Description)) + overhead
}

// Cache is a read-through cache in front of the catalogue database.
type Cache struct {
	entries *lru.Cache[uint32, *Entry]
}

// New returns a cache of at most maxBytes.
func New(maxBytes int64) *Cache {
	return &Cache{entries: lru.New[uint32, *Entry](maxBytes, 0)}
}

// Get returns a product, from the database if need be.
func (c *Cache) Get(id uint32) (*Entry, error) {
	if e, ok := c.entries.Get(id); ok {
		return e, nil
	}
	p := source.Load(id)
	body, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	e := &Entry{Product: p, Body: body}
	c.entries.Put(id, e, e.cost())
	return e, nil
}

// Drop forgets a product that has changed.
func (c *Cache) Drop(id uint32) { c.entries.Delete(id) }

// Stats describes the cache.
func (c *Cache) Stats() lru.Stats { return c.entries.Stats() }
