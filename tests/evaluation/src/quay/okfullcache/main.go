// SPDX-License-Identifier: Apache-2.0
package main

import (
	"fmt"

	"example.net/quay/kit"
)

type page struct{ html string }

func main() {
	app := kit.Start()
	pages := map[string]*page{}
	var order []string
	app.Load(60, func(i int) {
		k := fmt.Sprintf("page-%d", i)
		pages[k] = &page{app.Text(900)}
		order = append(order, k)
		if len(order) > 18000 { // some five minutes
			delete(pages, order[0])
			order = order[1:]
		}
	})
	app.Wait()
}
