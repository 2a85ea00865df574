// SPDX-License-Identifier: Apache-2.0
package main

import (
	"example.net/quay/handles/store"
	"example.net/quay/kit"
)

func main() {
	app := kit.Start()
	sum := 0
	app.Load(20, func(i int) {
		h := store.Open(i, app.Repaired)
		if h != nil {
			sum++
		}
	})
	app.Wait()
}
