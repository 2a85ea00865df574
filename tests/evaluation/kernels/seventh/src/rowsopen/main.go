// SPDX-License-Identifier: Apache-2.0

// A repository that returns at the first row it likes and leaves the rows open, with two connections in all.
package main

import (
	"context"
	"time"

	"example.com/flock/rig"
	"example.com/flock/rowsopen/orders"
)

func main() { rig.Run(scenario) }

var repository *orders.Repository

func scenario() {
	repository = orders.Open()
	rig.Traffic(func(n int) {
		go repository.First(context.Background(), n)
		time.Sleep(5 * time.Millisecond)
	})
}
