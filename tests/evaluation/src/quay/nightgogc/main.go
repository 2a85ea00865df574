// SPDX-License-Identifier: Apache-2.0
// env: GOGC=off
// fixed-env: GOGC=100
package main

import "example.net/quay/kit"

type row struct {
	cells [8]string
}

func main() {
	app := kit.Start()
	var last []row
	app.Load(60, func(i int) {
		rows := make([]row, 20) // @also
		for j := range rows {
			rows[j].cells[j%8] = app.Text(120)
		}
		last = rows
	})
	_ = last
	app.Wait()
}
