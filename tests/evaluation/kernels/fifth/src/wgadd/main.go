// SPDX-License-Identifier: Apache-2.0

// Command wgadd adds all of a list and starts a goroutine for some of them.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

func restore(replicas []string) {
	var wg sync.WaitGroup
	live := 0
	for _, r := range replicas {
		if r != "down" {
			live++
		}
	}
	if !rig.Repaired {
		live = len(replicas)
	}
	wg.Add(live)
	for _, r := range replicas {
		if r == "down" {
			continue
		}
		go func() {
			defer wg.Done()
			time.Sleep(time.Millisecond)
		}()
	}
	wg.Wait() // <- here
}

func scenario() {
	restore([]string{"a", "down", "c"})
}

func main() {
	rig.Run(scenario)
}
