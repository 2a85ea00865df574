// SPDX-License-Identifier: Apache-2.0
package main

import (
	"example.net/quay/kit"
	"example.net/quay/pressroom/hub"
	"fmt"
)

func main() {
	app := kit.Start()
	h := hub.New(app.Repaired)
	var queue []*hub.Reader
	app.Load(1.2, func(i int) {
		queue = append(queue, h.Join(fmt.Sprintf("reader-%d", i)))
		if len(queue) > 30 {
			h.Leave(queue[0])
			queue = queue[1:]
		}
	})
	app.Load(3, func(i int) { h.Print(app.Text(200)) })
	app.Wait()
}
