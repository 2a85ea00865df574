// SPDX-License-Identifier: Apache-2.0

// Command ok_device has a loop on a thread of its own that waits in a system call for what a device has to say.
package main

import (
	"runtime"
	"syscall"
	"time"

	"example.com/bench/rig"
)

func listen(fd int) {
	runtime.LockOSThread()
	buffer := make([]byte, 16)
	for {
		if n, err := syscall.Read(fd, buffer); n <= 0 || err != nil {
			return
		}
	}
}

func scenario() {
	var ends [2]int
	if err := syscall.Pipe(ends[:]); err != nil {
		panic(err)
	}
	go listen(ends[0])
	go func() {
		for {
			time.Sleep(300 * time.Millisecond)
			syscall.Write(ends[1], []byte("event"))
		}
	}()
}

func main() {
	rig.Run(scenario)
}
