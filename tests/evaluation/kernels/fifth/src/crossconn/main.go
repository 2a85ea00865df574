// SPDX-License-Identifier: Apache-2.0

// Command crossconn moves quota between streams, locking the giver first and then the taker.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

type stream struct {
	id    int
	mu    sync.Mutex
	quota int
}

func move(from, to *stream, n int) {
	first, second := from, to
	if rig.Repaired && to.id < from.id {
		first, second = to, from
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	time.Sleep(20 * time.Millisecond)
	second.mu.Lock() // <- here
	defer second.mu.Unlock()
	from.quota -= n
	to.quota += n
}

func scenario() {
	a, b := &stream{id: 1}, &stream{id: 2}
	go move(a, b, 1)
	go move(b, a, 2)
	time.Sleep(100 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
