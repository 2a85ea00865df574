// SPDX-License-Identifier: Apache-2.0
package main

import (
	"runtime/debug"
	"time"

	"example.net/quay/kit"
)

func main() {
	app := kit.Start()
	go func() {
		for range time.Tick(1500 * time.Millisecond) {
			if !app.Repaired {
				debug.FreeOSMemory() // @leak
			}
		}
	}()
	app.Load(30, func(i int) { _ = app.Text(4000) })
	app.Wait()
}
