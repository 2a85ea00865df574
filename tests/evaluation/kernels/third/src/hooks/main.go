// SPDX-License-Identifier: Apache-2.0

// Command hooks runs a script for each event and reads what it prints; the script never ends.
//
// expect class=goroutine wait=(?i)(syscall|IO|chan|select) says=(?i)(process|command|exec|deadline|system call)
package main

import (
	"io"
	"net/http"
	"os/exec"

	"example.org/depot/port"
)

type runner struct {
	shell string
}

func (r *runner) run(script string) ([]byte, error) {
	cmd := exec.Command(r.shell, "-c", script)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	text, _ := io.ReadAll(out) // <- here
	return text, cmd.Wait()
}

func main() {
	r := &runner{shell: "/bin/sh"}
	http.HandleFunc("/event", func(http.ResponseWriter, *http.Request) {
		go r.run("sleep 400")
	})
	port.Run("/event")
}
