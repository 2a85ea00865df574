// SPDX-License-Identifier: Apache-2.0
package main

import (
	"runtime"
	"syscall"

	"example.net/quay/kit"
)

type probe struct {
	fds  [2]int
	data [64]byte
}

// listen waits for a card on a raw descriptor.
func (p *probe) listen() {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	syscall.Read(p.fds[0], p.data[:]) // @leak
	syscall.Close(p.fds[0])
	syscall.Close(p.fds[1])
}

func main() {
	app := kit.Start()
	app.Load(0.7, func(i int) {
		p := new(probe)
		if syscall.Pipe(p.fds[:]) != nil {
			return
		}
		go p.listen()
		if i%2 == 0 || app.Repaired {
			syscall.Write(p.fds[1], []byte("card"))
		}
	})
	app.Wait()
}
