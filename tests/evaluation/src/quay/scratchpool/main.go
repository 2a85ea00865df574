// SPDX-License-Identifier: Apache-2.0
package main

import (
	"example.net/quay/kit"
	"example.net/quay/scratchpool/encode"
	"sync"
)

func main() {
	app := kit.Start()
	var mu sync.Mutex
	busy := 0
	app.Load(80, func(i int) {
		mu.Lock()
		busy++
		mu.Unlock()
		e := encode.Get()
		for j := 0; j < 4; j++ {
			e.Field(app.Text(150))
		}
		encode.Put(e, app.Repaired)
	})
	app.Wait()
}
