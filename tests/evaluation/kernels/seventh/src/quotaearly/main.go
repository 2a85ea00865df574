// SPDX-License-Identifier: Apache-2.0

// A store of quotas that returns early with its lock held when somebody asks for too much.
package main

import (
	"example.com/flock/quotaearly/quota"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	q := quota.New[string](10)
	rig.Traffic(func(n int) {
		finished := make(chan struct{}, 1)
		go handle(q, "tenant", n*4, finished)
	})
}

func handle(q *quota.Quotas[string], tenant string, amount int, finished chan<- struct{}) {
	_ = q.Take(tenant, amount)
	finished <- struct{}{}
}
