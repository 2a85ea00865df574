// SPDX-License-Identifier: Apache-2.0

// Healthy: listeners of a library's bus that hand on to goroutines which live as long as the program.
package main

import (
	"time"

	"github.com/oktoline/hookbus"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type projection struct {
	topics chan string
	seen   int
}

func (p *projection) follow() {
	for range p.topics {
		p.seen++
	}
}

var bus hookbus.Bus

func scenario() {
	for i := 0; i < 4; i++ {
		p := &projection{topics: make(chan string, 16)}
		bus.Listen(func(topic string) { p.topics <- topic })
		go p.follow()
	}
	rig.Traffic(func(int) {
		bus.Publish("moved")
		time.Sleep(time.Millisecond)
	})
}
