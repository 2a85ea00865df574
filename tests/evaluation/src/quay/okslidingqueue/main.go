// SPDX-License-Identifier: Apache-2.0
package main

import (
	"example.net/quay/kit"
)

type task struct{ body []byte }

func main() {
	app := kit.Start()
	var q []*task
	done := 0
	app.Load(80, func(i int) {
		q = append(q, &task{[]byte(app.Text(1500))})
		for len(q) > 2500 {
			q[0] = nil
			q = q[1:]
			done++
		}
	})
	app.Wait()
}
