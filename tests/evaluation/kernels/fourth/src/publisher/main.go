// SPDX-License-Identifier: Apache-2.0

// Command publisher sends to its readers while it holds the lock that a reader needs to leave.
//
// expect class=goroutine,channel wait=(?i)(chan.send|Mutex) says=(?i)(lock|mutex)
package main

import (
	"net/http"
	"sync"
	"time"

	"example.com/wharf/dock"
)

type board struct {
	mu      sync.Mutex
	readers map[int]chan string
}

func (b *board) publish(text string) {
	b.mu.Lock() // <- here
	defer b.mu.Unlock()
	for _, c := range b.readers {
		if dock.Repaired {
			select {
			case c <- text:
			default:
			}
			continue
		}
		c <- text // <- here
	}
}

func (b *board) leave(id int) {
	b.mu.Lock() // <- here
	defer b.mu.Unlock()
	delete(b.readers, id)
}

func (b *board) read(id int) {
	b.mu.Lock() // <- here
	c := make(chan string, 1)
	b.readers[id] = c
	b.mu.Unlock()
	<-c
	time.Sleep(30 * time.Millisecond)
	b.leave(id)
}

func main() {
	b := &board{readers: map[int]chan string{}}
	id := 0
	http.HandleFunc("/read", func(w http.ResponseWriter, r *http.Request) {
		id++
		go b.read(id)
	})
	go func() {
		for {
			b.publish("news")
			time.Sleep(10 * time.Millisecond)
		}
	}()
	dock.Serve("/read")
}
