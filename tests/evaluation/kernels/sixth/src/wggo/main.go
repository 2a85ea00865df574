// SPDX-License-Identifier: Apache-2.0

// Command wggo waits for all pages in the goroutine of a page.
//
// It needs go1.25 or newer.
package main

import (
	"sync"

	"example.com/bench/rig"
)

type crawler struct {
	wg   sync.WaitGroup
	seen int
}

func (c *crawler) visit(depth int) {
	if depth == 0 {
		return
	}
	c.wg.Go(func() { c.visit(depth - 1) })
	if !rig.Repaired {
		c.wg.Wait() // <- here
	}
}

func scenario() {
	c := &crawler{}
	c.wg.Go(func() { c.visit(2) })
	c.wg.Wait()
}

func main() {
	rig.Run(scenario)
}
