// SPDX-License-Identifier: Apache-2.0

// Package filter sends text through programs.
package filter

import (
	"io"
	"os/exec"

	"example.com/flock/rig"
)

// Run sends a text through a program.
func Run(program, text string, finished chan<- string) {
	command := exec.Command(program)
	in, err := command.StdinPipe()
	if err != nil {
		return
	}
	out, err := command.StdoutPipe()
	if err != nil {
		return
	}
	if command.Start() != nil {
		return
	}
	io.WriteString(in, text)
	if rig.Repaired {
		in.Close()
	}
	filtered, _ := io.ReadAll(out) // <- here
	command.Wait()
	finished <- string(filtered)
}
