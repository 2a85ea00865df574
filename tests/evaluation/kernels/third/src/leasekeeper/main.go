// SPDX-License-Identifier: Apache-2.0

// Command leasekeeper revokes leases while their index is compacted; each asks the other under its own lock.
//
// expect class=goroutine wait=Mutex says=(?i)(opposite|order|AB-BA|each other|ring)
package main

import (
	"sync"
	"time"

	"example.org/depot/leasekeeper/index"
	"example.org/depot/port"
)

type lessor struct {
	mu     sync.Mutex
	leases map[int]time.Time
	index  *index.Index
}

func (l *lessor) Alive(lease int) bool {
	l.mu.Lock() // <- here
	defer l.mu.Unlock()
	return l.leases[lease].After(time.Now())
}

func (l *lessor) revoke(lease int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.leases, lease)
	time.Sleep(100 * time.Millisecond)
	l.index.Drop(lease) // <- here
}

func (l *lessor) expire() {
	for lease := 1; ; lease++ {
		l.revoke(lease)
		time.Sleep(time.Second)
	}
}

func (l *lessor) compact() {
	for {
		l.index.Compact(l) // <- here
		time.Sleep(time.Second)
	}
}

func main() {
	l := &lessor{leases: map[int]time.Time{}, index: index.New()}
	go l.expire()
	go l.compact()
	port.Run()
}
