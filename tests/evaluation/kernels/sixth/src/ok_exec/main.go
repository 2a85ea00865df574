// SPDX-License-Identifier: Apache-2.0

// Command ok_exec runs a short command every now and then and reads what it says.
package main

import (
	"os/exec"
	"time"

	"example.com/bench/rig"
)

func run() {
	for {
		exec.Command("sh", "-c", "sleep 0.2; echo done").Output()
		time.Sleep(50 * time.Millisecond)
	}
}

func scenario() {
	go run()
}

func main() {
	rig.Run(scenario)
}
