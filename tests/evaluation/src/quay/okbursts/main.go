// SPDX-License-Identifier: Apache-2.0
package main

import (
	"bytes"
	"sync"

	"example.net/quay/kit"
)

var bufs = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func main() {
	app := kit.Start()
	app.Load(30, func(i int) {
		b := bufs.Get().(*bytes.Buffer)
		b.Reset()
		n := 2000
		if i%300 < 12 {
			n = 600000
		}
		b.WriteString(app.Text(n))
		bufs.Put(b)
	})
	app.Wait()
}
