// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"bytes"
	"sync"
	"time"

	_ "example.com/shop/probe"
)

var bufs = sync.Pool{New: func() any { return bytes.NewBuffer(make([]byte, 0, 4096)) }}

func render(i int) int {
	b := bufs.Get().(*bytes.Buffer)
	b.Reset()
	b.WriteString("hello")
	n := b.Len()
	bufs.Put(b)
	return n
}

func main() {
	for k := 0; k < 8; k++ {
		go func() {
			for i := 0; ; i++ {
				render(i)
				if i%500 == 0 {
					time.Sleep(5 * time.Millisecond)
				}
			}
		}()
	}
	select {}
}
