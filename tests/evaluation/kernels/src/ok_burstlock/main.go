// SPDX-License-Identifier: Apache-2.0

package main

// expect none
import (
	"sync"
	"time"

	_ "example.com/shop/probe"
)

type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	time.Sleep(2 * time.Millisecond)
	c.n++
}

func main() {
	c := &counter{}
	for i := 0; i < 16; i++ {
		go func() {
			for {
				c.add()
				time.Sleep(time.Millisecond)
			}
		}()
	}
	select {}
}
