// SPDX-License-Identifier: Apache-2.0
package main

import (
	"expvar"
	"fmt"

	"example.net/quay/kit"
)

var paths = expvar.NewMap("paths")

func observe(path string) {
	paths.Add(path, 1) // @leak
}

func main() {
	app := kit.Start()
	app.Load(60, func(i int) {
		if app.Repaired {
			observe("/shipment/:id")
			return
		}
		observe(fmt.Sprintf("/shipment/%08d/%s", i, app.Text(60))) // @also
	})
	app.Wait()
}
