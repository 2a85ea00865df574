// SPDX-License-Identifier: Apache-2.0

// Command convert starts a command, never closes its input, and waits for its end.
//
// expect class=goroutine wait=(?i)(syscall|IO|chan|select) says=(?i)(process|command|exec|deadline|system call|input)
package main

import (
	"io"
	"net/http"
	"os/exec"
	"strings"

	"example.com/wharf/dock"
)

type converter struct{ tool string }

func (c *converter) convert(text string) error {
	cmd := exec.Command(c.tool)
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	cmd.Stdout = &strings.Builder{}
	if err := cmd.Start(); err != nil {
		return err
	}
	io.WriteString(in, text)
	if dock.Repaired {
		in.Close()
	}
	return cmd.Wait() // <- here
}

func main() {
	c := &converter{tool: "cat"}
	http.HandleFunc("/convert", func(w http.ResponseWriter, r *http.Request) { go c.convert("a") })
	dock.Serve("/convert")
}
