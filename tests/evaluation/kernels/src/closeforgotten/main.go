// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=(chan.receive|select) says=(?i)(close|send|done)
import (
	"sync"
	"time"

	_ "example.com/shop/probe"
)

type election struct {
	mu      sync.Mutex
	waiters []chan struct{}
	ready   chan struct{}
}

func (e *election) waitReady() {
	select { // <- here
	case <-e.ready: // <- here
	}
}

func main() {
	for i := 0; i < 18; i++ {
		e := &election{ready: make(chan struct{})}
		go e.waitReady()
	}
	time.Sleep(time.Hour)
}
