// SPDX-License-Identifier: Apache-2.0

// Command rotate rotates its journal under the lock, and the loop that would flush is at the lock itself.
package main

import (
	"sync"
	"time"

	"example.com/bench/rig"
)

type journal struct {
	mu    sync.Mutex
	lines chan string
	flush chan chan bool
	ended chan bool
	count int
}

func (j *journal) loop() {
	for {
		select {
		case <-j.lines:
			j.note()
		case ack := <-j.flush:
			ack <- true
		case <-j.ended:
			return
		}
	}
}

func (j *journal) note() {
	j.mu.Lock() // <- here
	j.count++
	j.mu.Unlock()
}

func (j *journal) rotate() {
	j.mu.Lock()
	if rig.Repaired {
		j.mu.Unlock()
	} else {
		defer j.mu.Unlock()
	}
	time.Sleep(20 * time.Millisecond)
	ack := make(chan bool)
	j.flush <- ack // <- here
	<-ack
}

func (j *journal) write(line string) {
	j.mu.Lock()
	j.count++
	j.mu.Unlock()
	j.lines <- line
}

func scenario() {
	j := &journal{lines: make(chan string), flush: make(chan chan bool), ended: make(chan bool)}
	go j.loop()
	go j.rotate()
	time.Sleep(5 * time.Millisecond)
	j.lines <- "start"
	for i := 0; i < 4; i++ {
		go j.write("next")
	}
	time.Sleep(50 * time.Millisecond)
	if rig.Repaired {
		close(j.ended)
	}
}

func main() {
	rig.Run(scenario)
}
