// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine wait=(?i)cond says=(?i)(Cond|Signal|Broadcast)
import (
	"sync"

	_ "example.com/shop/probe"
)

type queue struct {
	mu    sync.Mutex
	cond  *sync.Cond
	ready bool
}

func (q *queue) await() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for !q.ready {
		q.cond.Wait() // <- here
	}
}

func (q *queue) close() {
	q.cond.Signal()
}

func main() {
	for i := 0; i < 8; i++ {
		q := &queue{}
		q.cond = sync.NewCond(&q.mu)
		q.close()
		go q.await()
	}
	select {}
}
