// SPDX-License-Identifier: Apache-2.0

// Command tannoy tells its listeners under a lock that a listener needs to leave.
//
// expect class=goroutine,channel wait=(?i)(chan send|Mutex) says=(?i)(lock|mutex)
package main

import (
	"sync"
	"time"

	"example.org/ferry/watch"
)

type tannoy struct {
	mu  sync.Mutex
	ear map[string]chan string
}

func (t *tannoy) join(name string) <-chan string {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := make(chan string)
	t.ear[name] = c
	return c
}

func (t *tannoy) say(text string) {
	t.mu.Lock()
	for _, c := range t.ear {
		c <- text // <- here
	}
	t.mu.Unlock()
}

func (t *tannoy) leave(name string) {
	t.mu.Lock() // <- here
	delete(t.ear, name)
	t.mu.Unlock()
}

func listen(t *tannoy, name string) {
	c := t.join(name)
	<-c
	time.Sleep(100 * time.Millisecond)
	t.leave(name)
}

func main() {
	t := &tannoy{ear: map[string]chan string{}}
	go listen(t, "bridge")
	time.Sleep(50 * time.Millisecond)
	go func() {
		t.say("boarding")
		t.say("departing")
	}()
	watch.Forever()
}
