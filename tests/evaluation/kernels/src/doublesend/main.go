// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=chan.send says=(?i)(receiv|send|buffer)
import (
	"errors"
	"time"

	_ "example.com/shop/probe"
)

func compute(fail bool, done chan error) {
	if fail {
		done <- errors.New("failed")
	}
	done <- nil // <- here
}

func run() error {
	done := make(chan error)
	go compute(true, done)
	return <-done
}

func main() {
	run()
	time.Sleep(time.Hour)
}
