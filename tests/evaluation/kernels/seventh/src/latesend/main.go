// SPDX-License-Identifier: Apache-2.0

// A handler that gives up after a while, and work that comes to its end later.
package main

import (
	"context"
	"time"

	"example.com/flock/latesend/report"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	service := report.Service{Cost: 40 * time.Millisecond}
	rig.Traffic(func(n int) {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
		defer cancel()
		_, _ = service.Build(ctx, n)
	})
	time.Sleep(60 * time.Millisecond)
}
