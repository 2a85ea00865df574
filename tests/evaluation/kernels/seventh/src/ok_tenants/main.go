// SPDX-License-Identifier: Apache-2.0

// Healthy: a worker for each tenant, with labels, that waits for its queue.
package main

import (
	"context"
	"runtime/pprof"
	"time"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type tenant struct {
	name  string
	tasks chan int
	done  int
}

func (t *tenant) work(ctx context.Context) {
	for {
		select {
		case <-t.tasks:
			t.done++
		case <-ctx.Done():
			return
		}
	}
}

func scenario() {
	ctx, cancel := context.WithCancel(context.Background())
	_ = cancel
	var tenants []*tenant
	for _, name := range []string{"acme", "globex", "initech", "umbrella"} {
		t := &tenant{name: name, tasks: make(chan int, 8)}
		tenants = append(tenants, t)
		go pprof.Do(ctx, pprof.Labels("tenant", name), t.work)
	}
	rig.Traffic(func(n int) {
		tenants[n%len(tenants)].tasks <- n
		time.Sleep(time.Millisecond)
	})
}
