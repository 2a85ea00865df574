// SPDX-License-Identifier: Apache-2.0

package main

// expect class=finalizer,goroutine wait=(?i)(chan|finalizer) says=(?i)finaliz
import (
	"runtime"
	"time"

	_ "example.com/shop/probe"
)

type handle struct {
	buf []byte
	ack chan bool
}

func (h *handle) release() {
	h.ack <- true // <- here
}

func open() *handle {
	h := &handle{buf: make([]byte, 32<<10), ack: make(chan bool)}
	runtime.SetFinalizer(h, (*handle).release)
	return h
}

func main() {
	for {
		open()
		runtime.GC()
		time.Sleep(100 * time.Millisecond)
	}
}
