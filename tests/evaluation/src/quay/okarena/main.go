// SPDX-License-Identifier: Apache-2.0
package main

import (
	"syscall"

	"example.net/quay/kit"
)

func main() {
	app := kit.Start()
	var blocks [][]byte
	app.Load(1.2, func(i int) {
		if len(blocks) < 300 {
			m, err := syscall.Mmap(-1, 0, 128<<10, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
			if err != nil {
				return
			}
			blocks = append(blocks, m)
		}
		b := blocks[i%len(blocks)]
		for j := 0; j < len(b); j += 4096 {
			b[j]++
		}
	})
	app.Wait()
}
