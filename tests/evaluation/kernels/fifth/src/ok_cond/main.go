// SPDX-License-Identifier: Apache-2.0

// Command ok_cond has workers that wait for a condition until there is work.
package main

import (
	"sync"
	"time"

	"example.com/reduced/rig"
)

type crew struct {
	mu    sync.Mutex
	work  *sync.Cond
	tasks []func()
}

func (c *crew) run() {
	for {
		c.mu.Lock()
		for len(c.tasks) == 0 {
			c.work.Wait()
		}
		task := c.tasks[0]
		c.tasks = c.tasks[1:]
		c.mu.Unlock()
		task()
	}
}

func (c *crew) add(task func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tasks = append(c.tasks, task)
	c.work.Signal()
}

var hands = &crew{}

func scenario() {
	hands.work = sync.NewCond(&hands.mu)
	go hands.run()
	go hands.run()
	hands.add(func() {})
	time.Sleep(10 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
