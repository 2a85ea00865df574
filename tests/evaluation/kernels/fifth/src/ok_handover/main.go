// SPDX-License-Identifier: Apache-2.0

// Command ok_handover passes work through two stages under a lock that is held for a moment each time.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

type ledger struct {
	mu    sync.Mutex
	total int
}

func (l *ledger) add(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total += n
	time.Sleep(2 * time.Millisecond)
}

func produce(out chan<- int) {
	for i := 0; ; i++ {
		out <- i
		time.Sleep(time.Millisecond)
	}
}

func (l *ledger) consume(in <-chan int) {
	for n := range in {
		l.add(n)
	}
}

func scenario() {
	l, numbers := &ledger{}, make(chan int)
	go produce(numbers)
	go l.consume(numbers)
	go l.consume(numbers)
	time.Sleep(10 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
