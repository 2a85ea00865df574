// SPDX-License-Identifier: Apache-2.0

// Command ok_pubsub has thirty subscribers to whom little is said, each with a context that ends with its visit.
package main

import (
	"context"
	"sync"
	"time"

	"example.com/bench/rig"
)

type hub struct {
	mu   sync.Mutex
	subs map[chan string]bool
}

func (h *hub) subscribe(ctx context.Context) {
	c := make(chan string, 4)
	h.mu.Lock()
	h.subs[c] = true
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.subs, c)
		h.mu.Unlock()
	}()
	for {
		select {
		case <-ctx.Done():
			return
		case <-c:
		}
	}
}

func (h *hub) publish(news string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.subs {
		select {
		case c <- news:
		default:
		}
	}
}

func scenario() {
	h := &hub{subs: map[chan string]bool{}}
	for i := 0; i < 30; i++ {
		i := i
		go func() {
			for {
				ctx, cancel := context.WithTimeout(context.Background(), time.Duration(2+i%5)*time.Second)
				h.subscribe(ctx)
				cancel()
			}
		}()
	}
	go func() {
		for range time.Tick(3 * time.Second) {
			h.publish("news")
		}
	}()
}

func main() {
	rig.Run(scenario)
}
