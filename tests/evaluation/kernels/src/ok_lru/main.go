// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"container/list"
	"strconv"
	"time"

	_ "example.com/shop/probe"
)

type lru struct {
	ll *list.List
	m  map[string]*list.Element
}

type entry struct {
	k string
	v []byte
}

func (c *lru) put(k string, v []byte) {
	c.m[k] = c.ll.PushFront(&entry{k, v})
	if c.ll.Len() > 8000 {
		e := c.ll.Back()
		c.ll.Remove(e)
		delete(c.m, e.Value.(*entry).k)
	}
}

func main() {
	c := &lru{list.New(), map[string]*list.Element{}}
	for i := 0; ; i++ {
		c.put(strconv.Itoa(i), make([]byte, 1024))
		if i%50 == 0 {
			time.Sleep(10 * time.Millisecond)
		}
	}
}
