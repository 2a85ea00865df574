// SPDX-License-Identifier: Apache-2.0
// restart: the new version keeps twice as much
package main

import (
	"fmt"

	"example.net/quay/kit"
)

type tariff struct {
	zone  string
	steps []float64
}

func main() {
	app := kit.Start()
	n := 30000
	if !app.Repaired {
		n = 60000
	}
	all := map[string]*tariff{}
	for i := 0; i < n; i++ {
		all[fmt.Sprintf("z%d", i)] = &tariff{app.Text(12), make([]float64, 40)}
	}
	app.Load(40, func(i int) { all[fmt.Sprintf("z%d", i%n)] = &tariff{app.Text(12), make([]float64, 40)} })
	app.Wait()
}
