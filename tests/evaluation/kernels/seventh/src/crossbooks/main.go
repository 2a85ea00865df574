// SPDX-License-Identifier: Apache-2.0

// Transfers between two accounts in both directions at once, each of which locks its own side first.
package main

import (
	"sync"
	"time"

	"example.com/flock/crossbooks/accounts"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type mover interface {
	Move(to *accounts.Account, cents int)
}

func scenario() {
	left, right := accounts.Open(1, 500), accounts.Open(2, 500)
	pairs := []struct {
		from mover
		to   *accounts.Account
	}{{left, right}, {right, left}}
	var wg sync.WaitGroup
	for _, pair := range pairs {
		pair := pair
		wg.Add(1)
		go func() {
			defer wg.Done()
			pair.from.Move(pair.to, 10)
		}()
	}
	time.Sleep(50 * time.Millisecond)
	wg.Wait()
}
