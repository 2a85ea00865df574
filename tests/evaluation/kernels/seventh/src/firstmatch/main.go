// SPDX-License-Identifier: Apache-2.0

// A pipeline of three stages whose reader stops at the first match.
package main

import (
	"context"
	"time"

	"example.com/flock/firstmatch/pipe"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	rig.Traffic(func(n int) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		numbers := pipe.From(ctx, 100)
		squares := pipe.Map(ctx, numbers, func(i int) int { return i * i })
		texts := pipe.Map(ctx, squares, func(i int) string { return string(rune('a' + i%26)) })
		for text := range texts {
			if text == "e" {
				break
			}
		}
		time.Sleep(5 * time.Millisecond)
	})
}
