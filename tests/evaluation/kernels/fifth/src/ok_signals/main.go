// SPDX-License-Identifier: Apache-2.0

// Command ok_signals waits for a signal.
package main

import (
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/reduced/rig"
)

func handle(signals chan os.Signal) {
	for s := range signals {
		if s == syscall.SIGTERM {
			os.Exit(0)
		}
	}
}

func scenario() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGHUP)
	go handle(signals)
	time.Sleep(10 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
