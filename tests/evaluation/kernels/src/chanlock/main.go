// SPDX-License-Identifier: Apache-2.0

package main

// expect class=goroutine,channel wait=(?i)(chan send|Mutex) says=(?i)(lock|mutex)
import (
	"sync"
	"time"

	_ "example.com/shop/probe"
)

type hub struct {
	mu     sync.Mutex
	events chan int
	seen   int
}

func (h *hub) publish(v int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events <- v // <- here
}

func (h *hub) consume() {
	for {
		h.mu.Lock() // <- here
		h.seen++
		h.mu.Unlock()
		<-h.events
	}
}

func main() {
	h := &hub{events: make(chan int)}
	go func() {
		for i := 0; ; i++ {
			h.publish(i)
		}
	}()
	time.Sleep(20 * time.Millisecond)
	go h.consume()
	time.Sleep(10 * time.Hour)
}
