// SPDX-License-Identifier: Apache-2.0

// Command mailbox signals that mail is there, at times before somebody waits for it.
//
// expect class=goroutine wait=(?i)cond says=(?i)(signal|broadcast|condition|Cond)
package main

import (
	"net/http"
	"sync"
	"time"

	"example.com/wharf/dock"
)

type mailbox struct {
	mu   sync.Mutex
	cond *sync.Cond
	open bool
}

func (m *mailbox) await() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if dock.Repaired {
		for !m.open {
			m.cond.Wait()
		}
		return
	}
	m.cond.Wait() // <- here
}

func (m *mailbox) deliver() {
	m.mu.Lock()
	m.open = true
	m.mu.Unlock()
	m.cond.Signal()
}

func main() {
	http.HandleFunc("/mail", func(w http.ResponseWriter, r *http.Request) {
		m := &mailbox{}
		m.cond = sync.NewCond(&m.mu)
		go m.deliver()
		time.Sleep(time.Millisecond)
		go m.await()
	})
	dock.Serve("/mail")
}
