// SPDX-License-Identifier: Apache-2.0

// Command ticker stops its ticker from outside and expects the loop over its channel to end.
package main

import (
	"time"

	"example.com/reduced/rig"
)

type reporter struct {
	ticker *time.Ticker
	quit   chan struct{}
	sent   int
}

func (r *reporter) report() {
	if rig.Repaired {
		for {
			select {
			case <-r.ticker.C:
			case <-r.quit:
				return
			}
		}
	}
	for range r.ticker.C { // <- here
		r.sent++
	}
}

func (r *reporter) Close() {
	r.ticker.Stop()
	close(r.quit)
}

func scenario() {
	r := &reporter{ticker: time.NewTicker(5 * time.Millisecond), quit: make(chan struct{})}
	go r.report()
	time.Sleep(20 * time.Millisecond)
	r.Close()
	time.Sleep(30 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
