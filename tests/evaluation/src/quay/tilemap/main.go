// SPDX-License-Identifier: Apache-2.0
package main

import (
	"example.net/quay/kit"
	"example.net/quay/tilemap/tiles"
)

func main() {
	app := kit.Start()
	var ring []*tiles.Tile
	app.Load(1.5, func(i int) {
		t, err := tiles.Map(64 << 10)
		if err != nil {
			return
		}
		ring = append(ring, t)
		if len(ring) > 20 {
			if app.Repaired {
				ring[0].Close()
			}
			ring = ring[1:]
		}
	})
	app.Wait()
}
