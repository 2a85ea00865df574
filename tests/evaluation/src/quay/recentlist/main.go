// SPDX-License-Identifier: Apache-2.0
package main

import (
	"example.net/quay/kit"
	"example.net/quay/recentlist/cache"
	"fmt"
)

func main() {
	app := kit.Start()
	c := cache.New(2000)
	c.Exact = app.Repaired
	app.Load(130, func(i int) {
		c.Put(fmt.Sprintf("page-%d", i), []byte(app.Text(300))) // @also
	})
	app.Wait()
}
