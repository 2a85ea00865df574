// SPDX-License-Identifier: Apache-2.0

// Package lru keeps the labels that were asked for last.
package lru

type Label struct {
	Size uint16
	Bits [320]byte
}

type node struct {
	key        string
	label      Label
	prev, next *node
}

type Cache struct {
	max        int
	find       map[string]*node
	head, tail *node
	strict     bool
}

func New(max int, strict bool) *Cache {
	return &Cache{max: max, find: make(map[string]*node, max), strict: strict}
}

func (c *Cache) Get(key string) *Label {
	n := c.find[key]
	if n == nil {
		return nil
	}
	c.unlink(n)
	c.push(n)
	return &n.label
}

func (c *Cache) Put(key string, l Label) {
	n := &node{key: key, label: l} // @leak
	c.find[key] = n
	c.push(n)
	if len(c.find) > c.max {
		c.evict()
	}
}

func (c *Cache) push(n *node) {
	n.prev, n.next = nil, c.head
	if c.head != nil {
		c.head.prev = n
	}
	c.head = n
	if c.tail == nil {
		c.tail = n
	}
}

func (c *Cache) unlink(n *node) {
	if n.prev != nil {
		n.prev.next = n.next
	} else {
		c.head = n.next
	}
	if n == c.tail {
		c.tail = n.prev
	} else {
		n.next.prev = n.prev
	}
}

// evict forgets the oldest: the new tail still points at it, and it at the one before.
func (c *Cache) evict() {
	old := c.tail
	delete(c.find, old.key)
	c.tail = old.prev
	if c.strict {
		c.tail.next, old.prev = nil, nil
	}
}
