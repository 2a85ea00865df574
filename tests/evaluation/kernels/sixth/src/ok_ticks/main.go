// SPDX-License-Identifier: Apache-2.0

// Command ok_ticks lets a call pass at each tick, for which five callers wait.
package main

import (
	"time"

	"example.com/bench/rig"
)

type gate struct{ ticks *time.Ticker }

func (g *gate) pass() {
	<-g.ticks.C
}

func scenario() {
	g := &gate{ticks: time.NewTicker(20 * time.Millisecond)}
	for i := 0; i < 5; i++ {
		go func() {
			for {
				g.pass()
			}
		}()
	}
}

func main() {
	rig.Run(scenario)
}
