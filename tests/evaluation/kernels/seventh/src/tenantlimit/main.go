// SPDX-License-Identifier: Apache-2.0

// Requests of tenants, with labels, that wait for a token nobody brings once the refill has ended.
package main

import (
	"context"
	"runtime/pprof"
	"time"

	"example.com/flock/rig"
	"example.com/flock/tenantlimit/limiter"
)

func main() { rig.Run(scenario) }

func scenario() {
	l := limiter.New(2)
	rig.Traffic(func(n int) {
		labels := pprof.Labels("tenant", []string{"acme", "globex"}[n%2], "route", "/v1/import")
		go pprof.Do(context.Background(), labels, func(ctx context.Context) { l.Wait(ctx) })
		time.Sleep(15 * time.Millisecond)
	})
}
