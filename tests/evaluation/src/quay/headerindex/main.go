// SPDX-License-Identifier: Apache-2.0
package main

import (
	"example.net/quay/headerindex/frames"
	"example.net/quay/kit"
	"strings"
)

func main() {
	app := kit.Start()
	var index []frames.Head
	app.Load(9, func(i int) {
		h, err := frames.Read(strings.NewReader(app.Text(9000)), app.Repaired)
		if err == nil && i%2 == 0 {
			index = append(index, h) // @also
		}
	})
	app.Wait()
}
