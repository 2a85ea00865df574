// SPDX-License-Identifier: Apache-2.0
package main

import (
	"example.net/quay/kit"
	"example.net/quay/oklogring/ring"
	"time"
)

func main() {
	app := kit.Start()
	r := ring.New(40000)
	app.Load(140, func(i int) { r.Add(ring.Entry{At: time.Now().Unix(), Text: app.Text(260)}) })
	app.Wait()
}
