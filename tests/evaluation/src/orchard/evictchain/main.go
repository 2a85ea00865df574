// SPDX-License-Identifier: Apache-2.0
package main

import (
	"fmt"

	"example.net/orchard/evictchain/lru"
	"example.net/orchard/yard"
)

func main() {
	y := yard.Open()
	c := lru.New(4000, y.Strict)
	hits, misses := 0, 0
	y.Pace(190, func(i int) {
		// some labels are asked for again and again
		id := y.Intn(400000)
		if i%3 == 0 {
			id = y.Intn(1200)
		}
		key := fmt.Sprintf("label-%06d", id)
		if l := c.Get(key); l != nil {
			hits += int(l.Size)
			return
		}
		misses++
		var l lru.Label
		l.Size = uint16(100 + y.Intn(200))
		y.Fill(l.Bits[:l.Size])
		c.Put(key, l) // @also
	})
	y.Wait()
}
