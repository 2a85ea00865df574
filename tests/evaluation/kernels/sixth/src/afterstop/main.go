// SPDX-License-Identifier: Apache-2.0

// Command afterstop waits under its lock for the end of a function that a context called and that wants the lock.
//
// It needs go1.21 or newer.
package main

import (
	"context"
	"sync"
	"time"

	"example.com/bench/rig"
)

type conn struct {
	mu     sync.Mutex
	broken bool
}

func (c *conn) interrupt() {
	c.mu.Lock() // <- here
	c.broken = true
	c.mu.Unlock()
}

func (c *conn) read(ctx context.Context) {
	done := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		c.interrupt()
		close(done)
	})
	c.mu.Lock()
	time.Sleep(30 * time.Millisecond)
	if rig.Repaired {
		c.mu.Unlock()
	} else {
		defer c.mu.Unlock()
	}
	if !stop() {
		<-done // <- here
	}
}

func scenario() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	new(conn).read(ctx)
}

func main() {
	rig.Run(scenario)
}
