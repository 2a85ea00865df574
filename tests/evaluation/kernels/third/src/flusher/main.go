// SPDX-License-Identifier: Apache-2.0

// Command flusher waits for its writers under the lock that each writer needs to report that it is done.
//
// expect class=goroutine wait=(?i)(Mutex|waitgroup|semacquire) says=(?i)(lock|WaitGroup)
package main

import (
	"net/http"
	"sync"
	"time"

	"example.org/depot/port"
)

type memtable struct {
	sync.Mutex
	writers sync.WaitGroup
	dirty   int
}

func (m *memtable) write() {
	m.Lock() // <- here
	m.dirty++
	m.Unlock()
	m.writers.Done()
}

func (m *memtable) put(w http.ResponseWriter, r *http.Request) {
	m.writers.Add(1)
	go m.write()
}

func (m *memtable) flush(w http.ResponseWriter, r *http.Request) {
	m.Lock() // <- here
	defer m.Unlock()
	m.writers.Add(1)
	go m.write()
	time.Sleep(10 * time.Millisecond)
	m.writers.Wait() // <- here
	m.dirty = 0
}

func main() {
	m := &memtable{}
	http.HandleFunc("/put", m.put)
	http.HandleFunc("/flush", m.flush)
	port.Run("/put", "/flush")
}
