// SPDX-License-Identifier: Apache-2.0

// Command closednocast closes a queue and tells none of those who wait at its condition.
package main

import (
	"sync"
	"time"

	"example.com/bench/rig"
)

type queue struct {
	mu     sync.Mutex
	cond   *sync.Cond
	items  []string
	closed bool
}

func (q *queue) take() (string, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.closed {
		q.cond.Wait() // <- here
	}
	if q.closed {
		return "", false
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item, true
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	if rig.Repaired {
		q.cond.Broadcast()
	}
}

func scenario() {
	q := &queue{}
	q.cond = sync.NewCond(&q.mu)
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				if _, ok := q.take(); !ok {
					return
				}
			}
		}()
	}
	time.Sleep(20 * time.Millisecond)
	q.close()
	wg.Wait()
}

func main() {
	rig.Run(scenario)
}
