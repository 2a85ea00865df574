// SPDX-License-Identifier: Apache-2.0

// Command fanin returns at the first error of several checks.
package main

import (
	"fmt"
	"time"

	"example.com/reduced/rig"
)

func check(volume int, results chan<- error) {
	if volume%2 == 1 {
		results <- fmt.Errorf("volume %d is gone", volume) // <- here
		return
	}
	time.Sleep(10 * time.Millisecond)
	results <- nil // <- here
}

func checkAll(volumes int) error {
	results := make(chan error)
	if rig.Repaired {
		results = make(chan error, volumes)
	}
	for v := 0; v < volumes; v++ {
		go check(v, results)
	}
	for v := 0; v < volumes; v++ {
		if err := <-results; err != nil {
			return err
		}
	}
	return nil
}

func scenario() {
	checkAll(3)
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
