// SPDX-License-Identifier: Apache-2.0

// Command afterfunc sends a timeout to somebody who got an answer in time.
package main

import (
	"time"

	"example.com/reduced/rig"
)

type call struct {
	late  chan struct{}
	reply chan int
	timer *time.Timer
}

func newCall(d time.Duration) *call {
	c := &call{late: make(chan struct{}), reply: make(chan int, 1)}
	c.timer = time.AfterFunc(d, c.expire)
	return c
}

func (c *call) expire() {
	c.late <- struct{}{} // <- here
}

func (c *call) wait() int {
	if rig.Repaired {
		defer c.timer.Stop()
	}
	select {
	case n := <-c.reply:
		return n
	case <-c.late:
		return 0
	}
}

func scenario() {
	c := newCall(15 * time.Millisecond)
	c.reply <- 1
	c.wait()
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
