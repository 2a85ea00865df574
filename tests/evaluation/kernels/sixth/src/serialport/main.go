// SPDX-License-Identifier: Apache-2.0

// Command serialport reads from each port with a system call of its own that blocks the thread.
package main

import (
	"runtime"
	"syscall"
	"time"

	"example.com/bench/rig"
)

type port struct{ fd int }

func (p *port) read() {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	buffer := make([]byte, 16)
	syscall.Read(p.fd, buffer) // <- here
}

func scenario() {
	for i := 0; i < 6; i++ {
		var ends [2]int
		if err := syscall.Pipe(ends[:]); err != nil {
			panic(err)
		}
		go (&port{fd: ends[0]}).read()
		if rig.Repaired {
			syscall.Close(ends[1])
		}
	}
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
