// SPDX-License-Identifier: Apache-2.0

// Command printer hands a label to a program of others and waits until it has ended, which it does not.
//
// expect class=goroutine wait=(?i)(syscall|IO|chan|select) says=(?i)(process|command|exec|deadline|system call)
package main

import (
	"os/exec"

	"example.org/ferry/watch"
)

type label struct {
	text string
	done chan error
}

func (l *label) print() {
	l.done <- exec.Command("sleep", "900").Run() // <- here
}

func main() {
	l := &label{"fragile", make(chan error, 1)}
	go l.print()
	watch.Forever()
}
