// SPDX-License-Identifier: Apache-2.0

// Command daemonlog tells its followers of a line while it holds the lock that they need to leave.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

type hub struct {
	mu        sync.Mutex
	followers map[chan string]bool
}

func (h *hub) tell(line string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for f := range h.followers {
		if rig.Repaired {
			select {
			case f <- line:
			default:
			}
			continue
		}
		f <- line // <- here
	}
}

func (h *hub) leave(f chan string) {
	h.mu.Lock() // <- also
	defer h.mu.Unlock()
	delete(h.followers, f)
}

func (h *hub) follow(f chan string, wg *sync.WaitGroup) {
	defer wg.Done()
	time.Sleep(20 * time.Millisecond)
	h.leave(f)
}

func scenario() {
	h := &hub{followers: map[chan string]bool{}}
	f := make(chan string)
	h.followers[f] = true
	var wg sync.WaitGroup
	wg.Add(1)
	go h.follow(f, &wg)
	h.tell("started")
	wg.Wait()
}

func main() {
	rig.Run(scenario)
}
