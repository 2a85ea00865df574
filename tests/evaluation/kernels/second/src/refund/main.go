// SPDX-License-Identifier: Apache-2.0

// Command refund books through two methods of one ledger, and the outer one already has the lock.
//
// expect class=goroutine wait=Mutex says=(?i)(itself|twice|double|already)
package main

import (
	"sync"

	"example.org/ferry/watch"
)

type Entry struct {
	Cabin int
	Paid  int64
}

type Ledger struct {
	guard   sync.Mutex
	entries map[int]*Entry
}

func (l *Ledger) lookup(cabin int) *Entry {
	l.guard.Lock() // <- here
	defer l.guard.Unlock()
	return l.entries[cabin]
}

func (l *Ledger) Refund(cabin int, part int64) bool {
	l.guard.Lock()
	defer l.guard.Unlock()
	if e := l.lookup(cabin); e != nil {
		e.Paid -= part
		return true
	}
	return false
}

func main() {
	l := &Ledger{entries: map[int]*Entry{7: {7, 4200}}}
	ready := make(chan struct{})
	go func() {
		defer close(ready)
		go l.Refund(7, 100)
	}()
	<-ready
	watch.Forever()
}
