// SPDX-License-Identifier: Apache-2.0

// A publisher that holds its lock while a library waits for callbacks which want that lock.
package main

import (
	"example.com/flock/buscallback/stock"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	s := stock.New()
	s.Set("bolt", 3)
}
