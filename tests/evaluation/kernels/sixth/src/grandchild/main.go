// SPDX-License-Identifier: Apache-2.0

// Command grandchild runs a script that leaves a process behind which keeps the output open.
package main

import (
	"bytes"
	"os/exec"

	"example.com/bench/rig"
)

func run() error {
	var out bytes.Buffer
	script := "sleep 420 & echo started"
	if rig.Repaired {
		script = "sleep 0.01 & echo started"
	}
	command := exec.Command("sh", "-c", script)
	command.Stdout = &out
	return command.Run() // <- here
}

func scenario() {
	run()
}

func main() {
	rig.Run(scenario)
}
