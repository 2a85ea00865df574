// SPDX-License-Identifier: Apache-2.0

// Command callbackclose closes a consumer from within the callback of that consumer, and closing waits for its end.
package main

import (
	"example.com/bench/rig"
)

type consumer struct {
	stop, done chan struct{}
	messages   chan string
	handle     func(string)
}

func (c *consumer) loop() {
	defer close(c.done)
	for {
		select {
		case <-c.stop:
			return
		case m := <-c.messages:
			c.handle(m)
		}
	}
}

func (c *consumer) Close() {
	close(c.stop)
	if rig.Repaired {
		return
	}
	<-c.done // <- here
}

func scenario() {
	c := &consumer{stop: make(chan struct{}), done: make(chan struct{}), messages: make(chan string)}
	c.handle = func(m string) {
		if m == "end" {
			c.Close()
		}
	}
	go c.loop()
	c.messages <- "end"
	<-c.done
}

func main() {
	rig.Run(scenario)
}
