// SPDX-License-Identifier: Apache-2.0

// Command withoutcancel writes its audit with a context that does not end with the request, and nothing else ends it.
//
// It needs go1.21 or newer.
package main

import (
	"context"
	"time"

	"example.com/bench/rig"
)

func audit(ctx context.Context, entries <-chan string) {
	for {
		select { // <- here
		case <-ctx.Done():
			return
		case <-entries:
		}
	}
}

func handle() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	entries := make(chan string)
	if rig.Repaired {
		go audit(ctx, entries)
	} else {
		go audit(context.WithoutCancel(ctx), entries)
	}
	entries <- "request"
}

func scenario() {
	for i := 0; i < 5; i++ {
		handle()
	}
	time.Sleep(20 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
