// SPDX-License-Identifier: Apache-2.0
// env: GOMEMLIMIT=44MiB GOMAXPROCS=1
// fixed-env: GOMEMLIMIT=160MiB GOMAXPROCS=1
package main

import (
	"fmt"

	"example.net/quay/kit"
)

type berth struct {
	name  string
	ships [10]string
}

func main() {
	app := kit.Start()
	table := map[string]*berth{}
	n := 42000
	for i := 0; i < n; i++ {
		b := &berth{name: fmt.Sprintf("berth-%d", i)}
		for j := range b.ships {
			b.ships[j] = app.Text(50)
		}
		table[b.name] = b
	}
	app.Load(12, func(i int) {
		b := *table[fmt.Sprintf("berth-%d", i%n)]
		for j := range b.ships {
			b.ships[j] = app.Text(400)
		}
		table[fmt.Sprintf("berth-%d", i%20)] = &b
	})
	app.Wait()
}
