// SPDX-License-Identifier: Apache-2.0

// Command lockchan waits for a reply under the lock that the one who replies needs.
package main

import (
	"strconv"
	"sync"
	"time"

	"example.com/reduced/rig"
)

type agent struct {
	mu      sync.Mutex
	replies chan string
	asked   int
}

func (a *agent) ask() string {
	a.mu.Lock()
	a.asked++
	if rig.Repaired {
		a.mu.Unlock()
		return <-a.replies
	}
	defer a.mu.Unlock()
	return <-a.replies // <- here
}

func (a *agent) reply() {
	time.Sleep(20 * time.Millisecond)
	a.mu.Lock() // <- here
	text := strconv.Itoa(a.asked)
	a.mu.Unlock()
	a.replies <- text
}

func scenario() {
	a := &agent{replies: make(chan string)}
	go a.reply()
	a.ask()
}

func main() {
	rig.Run(scenario)
}
