// SPDX-License-Identifier: Apache-2.0

// Command hedge asks two replicas and takes the answer that comes first.
package main

import (
	"time"

	"example.com/reduced/rig"
)

type replica struct{ delay time.Duration }

func (r replica) ask(key string) string {
	time.Sleep(r.delay)
	return key
}

func first(replicas []replica, key string) string {
	answers := make(chan string)
	if rig.Repaired {
		answers = make(chan string, len(replicas))
	}
	for _, r := range replicas {
		r := r
		go func() {
			answers <- r.ask(key) // <- here
		}()
	}
	return <-answers
}

func scenario() {
	first([]replica{{5 * time.Millisecond}, {25 * time.Millisecond}}, "k")
	time.Sleep(60 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
