// SPDX-License-Identifier: Apache-2.0
package main

import (
	"example.net/quay/kit"
	"example.net/quay/okwarmup/dict"
)

func main() {
	app := kit.Start()
	go func() {
		d := dict.Load(app.Text, 9)
		_ = d
		select {}
	}()
	app.Load(20, func(i int) { _ = app.Text(3000) })
	app.Wait()
}
