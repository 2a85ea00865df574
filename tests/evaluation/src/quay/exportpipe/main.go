// SPDX-License-Identifier: Apache-2.0
package main

import (
	"example.net/quay/exportpipe/export"
	"example.net/quay/kit"
	"io"
)

func preview(r *io.PipeReader, strict bool) int {
	head := make([]byte, 512)
	n, _ := io.ReadFull(r, head)
	if strict {
		r.Close()
	}
	return n
}

func main() {
	app := kit.Start()
	app.Load(0.07, func(i int) { preview(export.Stream(200000), app.Repaired) })
	app.Load(0.2, func(i int) { io.Copy(io.Discard, export.Stream(900)) })
	app.Wait()
}
