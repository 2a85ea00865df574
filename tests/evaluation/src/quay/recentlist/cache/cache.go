// SPDX-License-Identifier: Apache-2.0
package cache

import "container/list"

type item struct {
	key  string
	data []byte
}

// Cache keeps the newest items; the map finds them.
type Cache struct {
	order *list.List
	find  map[string]*list.Element
	max   int
	Exact bool
}

func New(max int) *Cache {
	return &Cache{order: list.New(), find: map[string]*list.Element{}, max: max}
}

func (c *Cache) Put(key string, data []byte) {
	c.find[key] = c.order.PushFront(&item{key, data}) // @leak
	if c.order.Len() > c.max {
		old := c.order.Remove(c.order.Back()).(*item)
		if c.Exact {
			delete(c.find, old.key)
		}
	}
}
