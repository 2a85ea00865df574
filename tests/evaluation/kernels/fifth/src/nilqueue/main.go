// SPDX-License-Identifier: Apache-2.0

// Command nilqueue hands changes to a queue that is only made when the controller starts.
package main

import "example.com/reduced/rig"

type controller struct {
	queue chan string
}

func (c *controller) start() {
	c.queue = make(chan string, 8)
}

func (c *controller) enqueue(key string) {
	c.queue <- key // <- here
}

func scenario() {
	c := &controller{}
	if rig.Repaired {
		c.start()
	}
	done := make(chan struct{})
	go func() {
		c.enqueue("default/web")
		close(done)
	}()
	<-done
}

func main() {
	rig.Run(scenario)
}
