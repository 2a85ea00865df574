// SPDX-License-Identifier: Apache-2.0

// Command ctxbranch cancels its context when something fails, and not when all is well.
package main

import (
	"context"
	"time"

	"example.com/reduced/rig"
)

type prober struct{ results chan bool }

func (p *prober) probe(ctx context.Context) {
	for {
		select { // <- here
		case ok := <-p.results:
			if !ok {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

func (p *prober) once(fail bool) {
	ctx, cancel := context.WithCancel(context.Background())
	go p.probe(ctx)
	p.results <- true
	if fail || rig.Repaired {
		cancel()
	}
}

func scenario() {
	p := &prober{results: make(chan bool)}
	p.once(false)
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
