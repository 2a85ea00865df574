// SPDX-License-Identifier: Apache-2.0

// Command publish sends to a subscriber that has gone under a read lock, and a writer waits behind it.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

type topic struct {
	mu   sync.RWMutex
	subs map[int]chan string
}

func (t *topic) publish(text string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for _, sub := range t.subs {
		if rig.Repaired {
			select {
			case sub <- text:
			default:
			}
			continue
		}
		sub <- text // <- here
	}
}

func (t *topic) unsubscribe(id int) {
	t.mu.Lock() // <- also
	defer t.mu.Unlock()
	delete(t.subs, id)
}

func scenario() {
	t := &topic{subs: map[int]chan string{1: make(chan string)}}
	go t.publish("hello")
	time.Sleep(20 * time.Millisecond)
	go t.unsubscribe(1)
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
