// SPDX-License-Identifier: Apache-2.0

// A promise of one value, which its owner asks for twice.
package main

import (
	"time"

	"example.com/flock/rig"
	"example.com/flock/twicereceived/promise"
)

func main() { rig.Run(scenario) }

func scenario() {
	p := promise.Of(func() (int, error) { return 42, nil })
	total := make(chan int, 1)
	go func() { total <- sum(p) }()
	select {
	case <-total:
	case <-time.After(100 * time.Millisecond):
	}
}

func sum(p *promise.Promise[int]) int {
	if p.Failed() {
		return 0
	}
	return p.Value()
}
