// SPDX-License-Identifier: Apache-2.0
// restart: -strict is the old version: the new one sets the percentage
package main

import (
	"runtime/debug"

	"example.net/quay/kit"
)

func main() {
	app := kit.Start()
	if !app.Repaired {
		debug.SetGCPercent(700)
	}
	keep := make([]string, 0, 60000)
	for i := 0; i < 60000; i++ {
		keep = append(keep, app.Text(200))
	}
	var last string
	app.Load(120, func(i int) {
		for j := 0; j < 30; j++ {
			last = app.Text(300)
		}
		keep[i%len(keep)] = last[:200]
	})
	app.Wait()
}
