// SPDX-License-Identifier: Apache-2.0

// Healthy: one goroutine has a thread for itself, and others wait for their turn with it.
package main

import (
	"runtime"
	"sync"
	"time"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type renderer struct {
	mu     sync.Mutex
	draws  chan func()
	frames int
}

func (r *renderer) loop() {
	runtime.LockOSThread()
	for draw := range r.draws {
		draw()
	}
}

func (r *renderer) frame() {
	r.mu.Lock()
	defer r.mu.Unlock()
	done := make(chan struct{})
	r.draws <- func() {
		time.Sleep(700 * time.Millisecond)
		r.frames++
		close(done)
	}
	<-done
}

func scenario() {
	r := &renderer{draws: make(chan func())}
	go r.loop()
	rig.Traffic(func(int) {
		for i := 0; i < 5; i++ {
			go r.frame()
		}
		time.Sleep(time.Millisecond)
	})
}
